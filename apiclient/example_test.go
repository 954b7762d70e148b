package apiclient_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"laurel/api"
	"laurel/apiclient"
)

// A partner's server tells of what its customers did, and reads the standings.
func Example() {
	ctx := context.Background()
	client := apiclient.New("https://laurel.example.com").WithKey("lrl_c_…")

	award, err := client.Gamification().Record(ctx, api.Activity{User: "ana@example.com", Action: "trade"})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range award.Ranks {
		fmt.Println(r.Slug, r.Period, r.OldRank, "→", r.NewRank)
	}
}

// Lists come in pages with the size of the whole.
func ExampleLeaderboards_List() {
	client := apiclient.New("https://laurel.example.com").WithKey("lrl_c_…")
	page, err := client.Leaderboards().List(context.Background(), apiclient.BoardQuery{Paging: apiclient.Paging{Page: 1, Limit: 50}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, board := range page.Items {
		fmt.Println(board.Name, board.Participants)
	}
}

// Errors come back with their kind, code and fields.
func ExampleUsers_Create() {
	client := apiclient.New("https://laurel.example.com").WithKey("lrl_c_…")
	_, err := client.Users().Create(context.Background(), api.NewUser{Username: "ana", Email: "ana@example.com"})
	var refused *api.Error
	if errors.As(err, &refused) && refused.Kind == api.Conflict {
		fmt.Println(refused.Fields[0].Field, refused.Fields[0].Message) // username is taken
	}
}

// A write under a key of one's own is carried out once, however often it is sent.
func ExampleWithIdempotencyKey() {
	client := apiclient.New("https://laurel.example.com").WithKey("lrl_c_…").WithTimeout(10 * time.Second)
	ctx := apiclient.WithIdempotencyKey(context.Background(), "refund-4711")
	_, err := client.Users().Adjust(ctx, "ana", api.Adjustment{Unit: api.UnitCoins, Op: "add", Amount: 250, Reason: "Refund 4711"})
	fmt.Println(err)
}

// The partner's server hands its page a token for one signed-in customer.
func ExampleWidgets_Token() {
	client := apiclient.New("https://laurel.example.com")
	token, err := client.Widgets().Token(context.Background(), api.EmbedTokenRequest{
		AccessID: "…", AccessKey: "…", UserIdentifiers: map[string]string{"data-email": "ana@example.com"},
	})
	fmt.Println(token.ExpiresIn, err)
}
