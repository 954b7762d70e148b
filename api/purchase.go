package api

// Purchase is an order as its buyer and the team see it.
type Purchase struct {
	ID          string          `json:"_id"`
	OrderID     string          `json:"orderID"`
	CommunityID string          `json:"communityID"`
	UserID      string          `json:"userID"`
	Product     PurchaseProduct `json:"product"`
	Voucher     *Voucher        `json:"voucher,omitempty" doc:"Left out in the reply to a change, as the reference has it"`
	Quantity    int64           `json:"quantity,omitempty"`
	Paid        int64           `json:"paid,omitempty" doc:"Whole points of the currency"`
	Currency    string          `json:"currency,omitempty"`
	Status      string          `json:"status,omitempty"`
	Buyer       string          `json:"buyer,omitempty" doc:"The buyer's username, when orders are read"`
	BuyerName   string          `json:"buyerName,omitempty" doc:"The display name"`
	BuyerAvatar string          `json:"buyerAvatar,omitempty"`
	CreatedAt   Time            `json:"createdAt"`
	UpdatedAt   Time            `json:"updatedAt"`
}

// PurchaseProduct is the copy of the product that an order keeps.
type PurchaseProduct struct {
	ID                     string `json:"_id"`
	Name                   string `json:"name"`
	RedemptionInstructions string `json:"redemptionInstructions"`
}

// PurchaseStatus is how many orders are in a status.
type PurchaseStatus struct {
	Name   string `json:"name"`
	Orders int64  `json:"orders"`
}

// Voucher is the code that an order was given.
type Voucher struct {
	Code       string `json:"code"`
	ExpiryDate string `json:"expiryDate" doc:"DD/MM/YYYY; empty when it does not end"`
}

// PurchasePatch changes what an order tells its buyer: the instructions, the
// voucher, or both. The voucher's two parts come together.
type PurchasePatch struct {
	RedemptionInstructions *string `json:"redemptionInstructions,omitempty" doc:"1 to 10,000 characters after trimming"`
	VoucherCode            *string `json:"voucherCode,omitempty" doc:"1 to 512 characters after trimming"`
	VoucherExpiryDate      *string `json:"voucherExpiryDate,omitempty" doc:"DD/MM/YYYY" example:"31/12/2026"`
}
