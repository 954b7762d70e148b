package api

// StoreConfig is the store's settings.
type StoreConfig struct {
	CommunityID string        `json:"communityID,omitempty" readOnly:"true"`
	IsEnabled   bool          `json:"enabled"`
	Title       string        `json:"title" maxLength:"100"`
	Description string        `json:"description" maxLength:"5000"`
	Cover       StoreCover    `json:"cover"`
	Currency    StoreCurrency `json:"currency"`
	Widget      StoreWidget   `json:"widget"`
	UpdatedAt   *Time         `json:"updatedAt,omitempty" readOnly:"true"`
}

// StoreCover is the picture above the store.
type StoreCover struct {
	Type  string `json:"type,omitempty" enum:",image,color"`
	Value string `json:"value,omitempty" maxLength:"2000" doc:"Address of the picture, or #rrggbb"`
}

// StoreCurrency is what the store calls its currency.
type StoreCurrency struct {
	IsEnabled bool   `json:"isEnabled"`
	Name      string `json:"name,omitempty" maxLength:"30"`
	Symbol    string `json:"symbol,omitempty" maxLength:"8"`
}

// StoreWidget says whether the store can be embedded.
type StoreWidget struct {
	IsEnabled bool   `json:"isEnabled"`
	ID        string `json:"widgetID,omitempty" readOnly:"true"`
}

// StoreCategory groups products.
type StoreCategory struct {
	ID          string `json:"_id"`
	CommunityID string `json:"communityID"`
	StoreCategoryInput
	Products  int64 `json:"products" readOnly:"true" doc:"That are not archived"`
	CreatedAt Time  `json:"createdAt"`
	UpdatedAt Time  `json:"updatedAt"`
}

// StoreCategoryInput creates or changes a category; what is left out of a change stays.
type StoreCategoryInput struct {
	Name              string             `json:"name,omitempty" maxLength:"100"`
	CoverImage        *string            `json:"coverImage,omitempty" maxLength:"2000"`
	ShowCover         *bool              `json:"showCover,omitempty"`
	ViewType          string             `json:"viewType,omitempty" enum:",full,preview" doc:"full when missing; preview: products are shown and not sold"`
	DisplayOrder      *int               `json:"displayOrder,omitempty" minimum:"0" maximum:"100000"`
	IsArchived        *bool              `json:"isArchived,omitempty"`
	DefaultStatusName *string            `json:"defaultPurchaseStatus,omitempty" maxLength:"60" doc:"Status with which new orders begin; empty for what the type of the product says"`
	Permission        *ProductPermission `json:"permission,omitempty"`
}

// Types of products.
const (
	ProductVoucher  = "voucher"
	ProductPhysical = "physical"
	ProductRole     = "role"
	ProductBadge    = "badge"
	ProductSpins    = "spins"
	ProductCustom   = "custom"
)

// Product is something that members redeem points for.
type Product struct {
	ID          string `json:"_id"`
	CommunityID string `json:"communityID"`
	ProductInput
	VoucherBatches []VoucherBatch `json:"voucherBatches,omitempty" readOnly:"true" doc:"What is left, by the day it ends; codes are told to their buyers only"`
	TotalOrders    int64          `json:"totalOrders" readOnly:"true"`
	CreatedAt      Time           `json:"createdAt"`
	UpdatedAt      Time           `json:"updatedAt"`
}

// ProductInput creates or changes a product; what is left out of a change stays.
type ProductInput struct {
	Name              string                 `json:"name,omitempty" maxLength:"120"`
	Description       *string                `json:"description,omitempty" maxLength:"5000"`
	Image             *string                `json:"image,omitempty" maxLength:"2000" doc:"https address"`
	Price             *int64                 `json:"price,omitempty" minimum:"0" maximum:"1000000000" doc:"Whole points"`
	Currency          string                 `json:"currency,omitempty" enum:",coins,premium" doc:"coins when missing"`
	Type              string                 `json:"type,omitempty" enum:",voucher,physical,role,badge,spins,custom" doc:"custom when missing"`
	CategoryID        *string                `json:"categoryID,omitempty" maxLength:"100" doc:"Id or name; empty for none"`
	Stocks            *int64                 `json:"stocks,omitempty" nullable:"true" minimum:"-1" maximum:"1000000000" doc:"Left; -1 or missing: endless. Of vouchers the codes that are left"`
	DiscountPrice     *int64                 `json:"discountPrice,omitempty" minimum:"0" maximum:"1000000000"`
	IsDiscountEnabled *bool                  `json:"isDiscountEnabled,omitempty"`
	DiscountStart     *string                `json:"discountStartDate,omitempty" doc:"RFC 3339 or date; empty: at once"`
	DiscountEnd       *string                `json:"discountEndDate,omitempty" doc:"RFC 3339 or date; empty: without end"`
	UserInformation   *UserInformation       `json:"userInformation,omitempty"`
	Vouchers          []string               `json:"vouchers,omitempty" writeOnly:"true" maxItems:"5000" doc:"Codes to add"`
	VoucherExpireDate string                 `json:"voucherExpireDate,omitempty" writeOnly:"true" doc:"Last day of these codes, YYYY-MM-DD or DD/MM/YYYY; needed with codes"`
	ExpiringFirst     *bool                  `json:"prioritizeExpiringVouchers,omitempty" doc:"Hand out the codes first that end first"`
	ShowRemaining     *bool                  `json:"showRemainingQuantity,omitempty"`
	Highlight         *ExpiringHighlight     `json:"expiringHighlight,omitempty"`
	IsArchived        *bool                  `json:"isArchived,omitempty"`
	DisplayOrder      *int                   `json:"displayOrder,omitempty" minimum:"0" maximum:"100000"`
	Permission        *ProductPermission     `json:"productPermission,omitempty"`
	StatusName        *string                `json:"purchaseStatusOverrideName,omitempty" maxLength:"60" doc:"Status with which orders begin; wins over the category's"`
	Instructions      *string                `json:"redemptionInstructions,omitempty" maxLength:"10000"`
	LimitPerMember    *int64                 `json:"limitPerMember,omitempty" minimum:"0" maximum:"1000000" doc:"0: none"`
	StartsAt          *string                `json:"startsAt,omitempty" doc:"RFC 3339 or date; on sale from then on"`
	EndsAt            *string                `json:"endsAt,omitempty" doc:"RFC 3339 or date; on sale until then"`
	Tiers             []string               `json:"tiers,omitzero" maxItems:"50" doc:"Names of tiers that may buy; all when empty"`
	RoleID            *string                `json:"roleId,omitempty" maxLength:"36" doc:"For type role"`
	BadgeID           *string                `json:"badgeId,omitempty" maxLength:"36" doc:"For type badge"`
	Spins             *int64                 `json:"spins,omitempty" minimum:"0" maximum:"100" doc:"For type spins"`
	Translations      map[string]Translation `json:"translations,omitzero" doc:"By language: en, es, de, fr, ar, ja"`
}

// Translation is a product's words in another language.
type Translation struct {
	Name         string `json:"name,omitempty" maxLength:"120"`
	Description  string `json:"description,omitempty" maxLength:"5000"`
	Instructions string `json:"redemptionInstructions,omitempty" maxLength:"10000"`
}

// UserInformation is what buyers are asked for.
type UserInformation struct {
	IsEnabled      bool `json:"isEnabled"`
	CollectName    bool `json:"collectName"`
	CollectPhone   bool `json:"collectPhone"`
	CollectAddress bool `json:"collectAddress"`
}

// ExpiringHighlight marks products whose vouchers end soon.
type ExpiringHighlight struct {
	IsEnabled bool   `json:"isEnabled"`
	Duration  int    `json:"duration,omitempty" minimum:"0" maximum:"365"`
	Timeframe string `json:"timeframe,omitempty" enum:",days,weeks,months"`
}

// VoucherBatch is codes that are left.
type VoucherBatch struct {
	ExpireDate string `json:"expireDate" doc:"DD/MM/YYYY; empty when they do not end"`
	Left       int64  `json:"left"`
}

// ProductPermission says who may see and buy, and at what price.
type ProductPermission struct {
	IsEnabled bool              `json:"isEnabled" doc:"Off: everybody"`
	Entries   []PermissionEntry `json:"entries,omitzero" maxItems:"50"`
}

// PermissionEntry is one audience. A member belongs to it by any of the roles,
// tags or users, or by all of the combination's groups; an entry that names
// nobody is everybody.
type PermissionEntry struct {
	IsEnabled     *bool              `json:"isEnabled,omitempty" doc:"true when missing"`
	Type          string             `json:"type,omitempty" enum:",role,tag,user,combination,everyone"`
	Roles         []string           `json:"roles,omitempty" maxItems:"100" doc:"Ids or titles"`
	Tags          []string           `json:"tags,omitempty" maxItems:"100"`
	Users         []string           `json:"users,omitempty" maxItems:"1000" doc:"Ids or usernames"`
	Combination   []CombinationGroup `json:"combination,omitempty" maxItems:"10"`
	AccessLevel   string             `json:"accessLevel,omitempty" enum:",full-access,preview" doc:"preview: to be seen and not bought"`
	PurchaseLimit *PurchaseLimit     `json:"purchaseLimit,omitempty"`
	SpecialPrice  *SpecialPrice      `json:"specialPrice,omitempty"`
	IsExclusive   bool               `json:"isExclusiveTagEnabled,omitempty" doc:"The product is marked as exclusive for this audience"`
}

// CombinationGroup is one side of a "this and that".
type CombinationGroup struct {
	Type   string   `json:"type" enum:"role,tag,user,tier"`
	Values []string `json:"values" minItems:"1" maxItems:"100"`
}

// PurchaseLimit is how many somebody may buy within an interval that ends now.
type PurchaseLimit struct {
	IsEnabled     bool   `json:"isEnabled"`
	Quantity      int64  `json:"quantity" minimum:"1" maximum:"1000000"`
	IntervalCount int    `json:"intervalCount,omitempty" minimum:"0" maximum:"1000" doc:"0: ever"`
	IntervalUnit  string `json:"intervalUnit,omitempty" enum:",hours,days,weeks,months,years"`
}

// SpecialPrice is the price for an audience.
type SpecialPrice struct {
	IsEnabled bool  `json:"isEnabled"`
	Price     int64 `json:"price" minimum:"0" maximum:"1000000000"`
}

// BulkProduct is one product of a bulk change: ID names the one to change.
type BulkProduct struct {
	ID string `json:"_id,omitempty" maxLength:"120" doc:"Id or name; needed for changes"`
	ProductInput
}

// BulkResult is what a bulk change did.
type BulkResult struct {
	Created  int       `json:"created"`
	Updated  int       `json:"updated"`
	Products []Product `json:"products" nullable:"false"`
}

// Shelf is the store as one member sees it.
type Shelf struct {
	StoreConfig
	Balance    int64           `json:"balance" doc:"Coins"`
	Premium    int64           `json:"premium"`
	Categories []StoreCategory `json:"categories" nullable:"false"`
	Products   []ShelfItem     `json:"products" nullable:"false"`
}

// Reasons why a member cannot buy a product.
const (
	NotForYou   = "not_for_you"
	OutOfStock  = "out_of_stock"
	OverLimit   = "limit_reached"
	NotYet      = "not_yet_on_sale"
	NoLonger    = "no_longer_on_sale"
	NoFunds     = "insufficient_funds"
	StoreClosed = "store_closed"
)

// ShelfItem is a product as one member sees it.
type ShelfItem struct {
	ID              string          `json:"_id"`
	Name            string          `json:"name"`
	Description     string          `json:"description"`
	Image           string          `json:"image"`
	Type            string          `json:"type"`
	CategoryID      string          `json:"categoryID"`
	ListPrice       int64           `json:"listPrice"`
	Price           int64           `json:"price" doc:"What this member pays: the lowest of the list price, a running discount and the special prices of his audiences"`
	Currency        string          `json:"currency"`
	PriceReason     string          `json:"priceReason" enum:"list,discount,special"`
	DiscountEndsAt  *Time           `json:"discountEndsAt"`
	Left            *int64          `json:"left" doc:"Where the store shows it, or when it is 0"`
	EndsSoon        *Time           `json:"vouchersEndAt" doc:"When the vouchers end, where that is highlighted"`
	IsExclusive     bool            `json:"isExclusive"`
	UserInformation UserInformation `json:"userInformation"`
	CanBuy          bool            `json:"canBuy"`
	WhyNot          string          `json:"whyNot" enum:",not_for_you,out_of_stock,limit_reached,not_yet_on_sale,no_longer_on_sale,insufficient_funds,store_closed"`
	Missing         int64           `json:"missing" doc:"Points that are missing to the price"`
	AvailableAt     *Time           `json:"availableAt" doc:"When it can be bought: sale begins, or the limit's interval ends"`
	Bought          int64           `json:"bought" doc:"How many this member has bought"`
}

// PurchaseInput buys a product.
type PurchaseInput struct {
	ProductID       string      `json:"productId" minLength:"1" maxLength:"120" doc:"Id or name"`
	Quantity        int64       `json:"quantity,omitempty" minimum:"0" maximum:"100" doc:"1 when missing; vouchers, roles and badges one at a time"`
	UserInformation *BuyersData `json:"userInformation,omitempty"`
	Price           *int64      `json:"price,omitempty" minimum:"0" doc:"For one, as it was shown; nothing is bought when it has changed"`
}

// BuyersData is what a buyer fills in.
type BuyersData struct {
	Name    string `json:"name,omitempty" maxLength:"100"`
	Phone   string `json:"phone,omitempty" maxLength:"40"`
	Address string `json:"address,omitempty" maxLength:"500"`
}

// Bought is the reply to a purchase.
type Bought struct {
	OrderID      string          `json:"orderId"`
	Status       string          `json:"status"`
	Product      PurchaseProduct `json:"product"`
	Quantity     int64           `json:"quantity"`
	Paid         int64           `json:"paid"`
	Currency     string          `json:"currency"`
	BalanceAfter int64           `json:"balanceAfter"`
	Voucher      *Voucher        `json:"voucher,omitempty"`
}

// Categories of statuses.
const (
	StatusIncomplete = "incomplete"
	StatusComplete   = "complete"
	StatusCancelled  = "cancelled"
)

// RedemptionStatus is a status that orders can have.
type RedemptionStatus struct {
	ID       string `json:"_id"`
	Name     string `json:"name"`
	Category string `json:"category" enum:"incomplete,complete,cancelled"`
	Color    string `json:"color"`
}

// RedemptionStatusInput makes a status.
type RedemptionStatusInput struct {
	Name     string `json:"name" minLength:"1" maxLength:"60"`
	Category string `json:"category" enum:"incomplete,complete,cancelled" doc:"cancelled: an order that comes there is refunded once"`
	Color    string `json:"color,omitempty" pattern:"^(#[0-9a-fA-F]{6})?$" example:"#3EA1FD"`
}

// RedemptionChange moves one order to a status, or up to 500.
type RedemptionChange struct {
	TransactionID  string   `json:"transactionId,omitempty" maxLength:"60" doc:"ORD…"`
	TransactionIDs []string `json:"transactionIds,omitempty" maxItems:"500" doc:"Several, all or none"`
	StatusID       string   `json:"statusId" minLength:"1" maxLength:"60" doc:"Id or name"`
	Note           string   `json:"note,omitempty" maxLength:"500" doc:"Kept in the history; the buyer reads it"`
}

// RedemptionChanged is the reply to a change of status.
type RedemptionChanged struct {
	TransactionID string           `json:"transactionId"`
	StatusID      string           `json:"statusId"`
	Status        RedemptionStatus `json:"status"`
	Refunded      int64            `json:"refunded" doc:"Points that went back to the buyer"`
	Changed       int              `json:"changed" doc:"How many orders moved"`
}

// Redemption is an order in the form of the redemption calls.
type Redemption struct {
	TransactionID   string           `json:"transactionId"`
	UserID          string           `json:"userId"`
	Username        string           `json:"username"`
	Email           string           `json:"email"`
	Product         PurchaseProduct  `json:"product"`
	Quantity        int64            `json:"quantity"`
	Paid            int64            `json:"paid"`
	Currency        string           `json:"currency"`
	Refunded        int64            `json:"refunded"`
	StatusID        string           `json:"statusId"`
	Status          RedemptionStatus `json:"status"`
	UserInformation *BuyersData      `json:"userInformation,omitempty"`
	CreatedAt       Time             `json:"createdAt"`
	UpdatedAt       Time             `json:"updatedAt"`
}

// RedemptionByEmail asks for one member's orders.
type RedemptionByEmail struct {
	Email string `json:"email" minLength:"1" maxLength:"254" doc:"Email; id, number and username are accepted too"`
	Page  int    `json:"page,omitempty" minimum:"0" maximum:"100000"`
	Limit int    `json:"limit,omitempty" minimum:"0" maximum:"100"`
}

// StatusStep is one move of an order.
type StatusStep struct {
	From string `json:"from" doc:"Empty for the first"`
	To   string `json:"to"`
	By   string `json:"by" doc:"Who moved it; empty for the system"`
	Note string `json:"note"`
	At   Time   `json:"at"`
}
