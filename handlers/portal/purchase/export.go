package purchase

import (
	"time"

	"laurel/apiclient"
	"laurel/handlers/web"
)

// exportPage is how many orders are asked for at once.
const exportPage = 100

// Export downloads the orders that the filters leave. Vouchers' codes are
// worth money and stay out.
func Export(v *web.Visit) error {
	q := query(v)
	q.Paging = apiclient.Paging{Page: 1, Limit: exportPage}
	if q.To == "" {
		q.To = v.Now.UTC().Add(time.Second).Format(time.RFC3339Nano) // what is bought meanwhile would move the pages
	}
	found, err := v.API.Purchases().List(v.Ctx(), q)
	if err != nil {
		return err
	}
	head := []string{"Order", "Id", "Username", "Name", "Product", "Quantity", "Paid", "Currency", "Status", "Voucher ends", "Bought", "Changed"}
	return v.Export("purchases-"+v.Now.Format(time.DateOnly), head, func(out web.CSV) error {
		for {
			for _, o := range found.Items {
				ends := ""
				if o.Voucher != nil {
					ends = o.Voucher.ExpiryDate
				}
				out.Row(o.OrderID, o.ID, o.Buyer, o.BuyerName, o.Product.Name, o.Quantity, o.Paid, o.Currency, o.Status, ends,
					o.CreatedAt.UTC().Format(time.RFC3339), o.UpdatedAt.UTC().Format(time.RFC3339))
			}
			if len(found.Items) < exportPage {
				return nil
			}
			q.Page++
			if found, err = v.API.Purchases().List(v.Ctx(), q); err != nil {
				return err
			}
		}
	})
}
