package store

import (
	"context"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// maxProducts is how many products a community can have.
const maxProducts = 2000

var (
	errProduct   = api.NewError(api.NotFound, "product_not_found", "There is no product of that id or name.")
	errCategory  = api.NewError(api.NotFound, "category_not_found", "There is no category of that id or name.")
	errNameTaken = api.NewError(api.Conflict, "name_taken", "That name is taken.", api.FieldError{Field: "name", Message: "is taken"})
	errTooMany   = api.NewError(api.Conflict, "too_many_products", "A store can have 2,000 products. Delete some first.")
	errCodeTwice = api.NewError(api.Conflict, "voucher_code_used", "One of the codes is there already for this product.", api.FieldError{Field: "vouchers", Message: "holds a code that is there already"})
)

// Config is the store's settings; a store that nobody set up is closed.
func (s *Service) Config(ctx context.Context, communityID string) (api.StoreConfig, error) {
	c, err := selectConfig(ctx, s.k.DB().Read(), communityID)
	c.CommunityID = communityID
	return c, err
}

// SetConfig replaces the store's settings. Errors: Invalid with the field.
func (s *Service) SetConfig(ctx context.Context, communityID string, in api.StoreConfig) (api.StoreConfig, error) {
	if in.Title = strings.TrimSpace(in.Title); in.Title == "" {
		in.Title = "Rewards Store"
	}
	if in.Cover.Type == "image" && !isPicture(in.Cover.Value) {
		return in, api.InvalidField("cover.value", "must be an https address")
	}
	before, err := s.Config(ctx, communityID)
	if err != nil {
		return in, err
	}
	in.CommunityID, in.UpdatedAt = communityID, api.AtPtr(s.k.Now())
	in.Widget.ID = before.Widget.ID
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := storeConfig(ctx, tx, communityID, in); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "store.update", TargetType: "store", TargetID: communityID, Before: before, After: in})
	})
	return in, err
}

// Categories are the community's, in their order.
func (s *Service) Categories(ctx context.Context, communityID string) ([]api.StoreCategory, error) {
	return selectCategories(ctx, s.k.DB().Read(), communityID)
}

// SaveCategory makes a category, or changes the one of that id or name.
// Errors: NotFound, Invalid with the field, Conflict name_taken.
func (s *Service) SaveCategory(ctx context.Context, communityID, ref string, in api.StoreCategoryInput) (api.StoreCategory, error) {
	empty, yes, no, order := "", true, false, 0
	now := api.At(s.k.Now())
	var out api.StoreCategory
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		old := api.StoreCategory{ID: api.NewIDAt(now.Time), CommunityID: communityID, CreatedAt: now, StoreCategoryInput: api.StoreCategoryInput{CoverImage: &empty, ShowCover: &yes, ViewType: "full", DisplayOrder: &order, IsArchived: &no, DefaultStatusName: &empty, Permission: &api.ProductPermission{}}}
		change := rest.Change{Action: "store-category.create", TargetType: "store-category"}
		if ref != "" {
			if old, err = selectCategory(ctx, tx, communityID, ref); err != nil {
				return err
			}
			change.Action, change.Before = "store-category.update", old
		}
		out = old
		out.UpdatedAt = now
		if out.StoreCategoryInput, err = overlay(old.StoreCategoryInput, in); err != nil {
			return err
		}
		if err := s.checkCategory(ctx, tx, communityID, &out.StoreCategoryInput); err != nil {
			return err
		}
		if err := upsertCategory(ctx, tx, out); err != nil {
			return taken(err, errNameTaken)
		}
		change.TargetID, change.TargetName, change.After = out.ID, out.Name, out
		return s.k.Audit(ctx, tx, communityID, change)
	})
	return out, taken(err, errNameTaken)
}

func (s *Service) checkCategory(ctx context.Context, q db.Querier, communityID string, in *api.StoreCategoryInput) error {
	if in.Name = strings.TrimSpace(in.Name); in.Name == "" {
		return api.InvalidField("name", "is required")
	}
	if *in.CoverImage != "" && !isPicture(*in.CoverImage) {
		return api.InvalidField("coverImage", "must be an https address")
	}
	if *in.DefaultStatusName != "" {
		if _, err := selectStatus(ctx, q, communityID, *in.DefaultStatusName); err != nil {
			return invalidIf(err, "defaultPurchaseStatus", "must be a status of this community")
		}
	}
	return checkPermission("permission", in.Permission)
}

// taken is other for a conflict of the database.
func taken(err, other error) error {
	if db.IsConflict(err) {
		return other
	}
	return err
}

// DeleteCategory takes a category away; its products have none then. Errors:
// NotFound.
func (s *Service) DeleteCategory(ctx context.Context, communityID, ref string) error {
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		c, err := selectCategory(ctx, tx, communityID, ref)
		if err != nil {
			return err
		}
		if err := deleteCategory(ctx, tx, communityID, c.ID); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "store-category.delete", TargetType: "store-category", TargetID: c.ID, TargetName: c.Name, Before: c})
	})
}

// Product is one product. Errors: NotFound.
func (s *Service) Product(ctx context.Context, communityID, ref string) (api.Product, error) {
	p, err := selectProduct(ctx, s.k.DB().Read(), communityID, ref)
	if err != nil {
		return p.Product, err
	}
	list := []*product{&p}
	return p.Product, s.count(ctx, s.k.DB().Read(), communityID, list)
}

// Products lists products in their order; of one category unless that is empty.
func (s *Service) Products(ctx context.Context, communityID, category string) ([]api.Product, error) {
	list, err := s.products(ctx, s.k.DB().Read(), communityID, category)
	out := make([]api.Product, len(list))
	for i, p := range list {
		out[i] = p.Product
	}
	return out, err
}

func (s *Service) products(ctx context.Context, q db.Querier, communityID, category string) ([]*product, error) {
	list, err := selectProducts(ctx, q, communityID, category)
	if err != nil {
		return nil, err
	}
	return list, s.count(ctx, q, communityID, list)
}

// count fills in what is left of vouchers.
func (s *Service) count(ctx context.Context, q db.Querier, communityID string, list []*product) error {
	batches, err := selectBatches(ctx, q, communityID, s.today(ctx, communityID))
	for _, p := range list {
		if p.Type != api.ProductVoucher {
			continue
		}
		left := int64(0)
		p.VoucherBatches = batches[p.ID]
		for _, b := range p.VoucherBatches {
			left += b.Left
		}
		p.Stocks = &left
	}
	return err
}

// today is the day in the community's zone, as it sorts.
func (s *Service) today(ctx context.Context, communityID string) string {
	return s.k.Now().In(s.members.Zone(ctx, communityID)).Format(time.DateOnly)
}

// SaveProduct makes a product, or changes the one of that id or name. Errors:
// NotFound, Invalid with the field, Conflict name_taken, voucher_code_used,
// too_many_products.
func (s *Service) SaveProduct(ctx context.Context, communityID, ref string, in api.ProductInput) (api.Product, error) {
	var out product
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		out, err = s.save(ctx, tx, communityID, ref, in)
		return err
	})
	if err != nil {
		return api.Product{}, taken(err, errNameTaken)
	}
	return s.Product(ctx, communityID, out.ID)
}

// save is SaveProduct within a transaction.
func (s *Service) save(ctx context.Context, tx *db.Tx, communityID, ref string, in api.ProductInput) (p product, err error) {
	now := s.k.Now()
	p.Product = api.Product{ID: api.NewIDAt(now), CommunityID: communityID, ProductInput: newProduct(), CreatedAt: api.At(now)}
	change := rest.Change{Action: "product.create", TargetType: "product"}
	if ref != "" {
		if p, err = holdProduct(ctx, tx, communityID, ref); err != nil {
			return p, err
		}
		change.Action, change.Before = "product.update", p.Product
	} else if n, err := countProducts(ctx, tx, communityID); err != nil || n >= maxProducts {
		return p, orElse(err, errTooMany)
	}
	before := p.Type
	if p.ProductInput, err = overlay(p.ProductInput, in); err != nil {
		return p, err
	}
	if ref != "" && before == api.ProductVoucher && p.Type != before {
		return p, api.InvalidField("type", "must stay voucher: codes hang on it")
	}
	p.UpdatedAt = api.At(now)
	if err := s.check(ctx, tx, communityID, &p.ProductInput); err != nil {
		return p, err
	}
	list, err := codes(p.ProductInput)
	if err != nil {
		return p, err
	}
	p.Vouchers, p.VoucherExpireDate = nil, ""
	if other, err := selectProduct(ctx, tx, communityID, p.Name); !api.IsKind(err, api.NotFound) && (err != nil || other.ID != p.ID) {
		return p, orElse(err, errNameTaken)
	}
	if p.stock = *p.Stocks; p.Type == api.ProductVoucher {
		p.stock = -1
	}
	if err := upsertProduct(ctx, tx, p); err != nil {
		return p, taken(err, errNameTaken)
	}
	if err := addCodes(ctx, tx, p, list); err != nil {
		return p, err
	}
	change.TargetID, change.TargetName, change.After = p.ID, p.Name, p.Product
	return p, s.k.Audit(ctx, tx, communityID, change)
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// DeleteProduct takes a product away with the codes nobody has bought; orders
// keep their copy. Errors: NotFound.
func (s *Service) DeleteProduct(ctx context.Context, communityID, ref string) error {
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		p, err := selectProduct(ctx, tx, communityID, ref)
		if err != nil {
			return err
		}
		if err := deleteProduct(ctx, tx, communityID, p.ID); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "product.delete", TargetType: "product", TargetID: p.ID, TargetName: p.Name, Before: p.Product})
	})
}
