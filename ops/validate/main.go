// Validate reads docker-compose.yml as Docker Compose itself does, with every profile, and the dashboards against
// Grafana's own schema. Whatever either refuses is printed, and the status is 1.
//
// usage: go run . ../..
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/grafana/grafana-foundation-sdk/go/cog/plugins"
	"github.com/grafana/grafana-foundation-sdk/go/dashboard"
)

func main() {
	plugins.RegisterDefaultPlugins() // every panel kind's options and every data source's queries
	root := os.Args[1]
	problems := 0
	report := func(file string, err error) {
		if err != nil {
			problems++
			fmt.Printf("%s: %v\n", file, err)
		}
	}
	compose := filepath.Join(root, "docker-compose.yml")
	report(compose, composes(compose))
	files, _ := filepath.Glob(filepath.Join(root, "ops/grafana/dashboards/*.json"))
	for _, file := range files {
		report(file, isDashboard(file))
	}
	fmt.Printf("1 compose file, %d dashboards, %d problems\n", len(files), problems)
	if problems > 0 || len(files) == 0 {
		os.Exit(1)
	}
}

func composes(file string) error {
	options, err := cli.NewProjectOptions([]string{file}, cli.WithProfiles([]string{"*"}))
	if err != nil {
		return err
	}
	_, err = options.LoadProject(context.Background())
	return err
}

func isDashboard(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	page := dashboard.Dashboard{}
	if err := page.UnmarshalJSONStrict(text); err != nil && err.Error() != "" { // an empty list of errors is not nil
		return err
	}
	return page.Validate()
}
