package api

// NewServer makes a community by its name in the System family.
type NewServer struct {
	Name        string `json:"name" minLength:"1" maxLength:"100"`
	URI         string `json:"uri,omitempty" maxLength:"60"`
	Domain      string `json:"domain,omitempty" maxLength:"253"`
	Description string `json:"description,omitempty" maxLength:"1000"`
	Timezone    string `json:"timezone,omitempty" maxLength:"64"`
	Language    string `json:"language,omitempty" maxLength:"10"`
}
