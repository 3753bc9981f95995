// Two accounts, and programs that wait for a transaction or a connection: for ever, or
// until a time limit ends that. CASE says which.
package main

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"sync"

	_ "github.com/jackc/pgx/v5/stdlib"
)

var db *sql.DB

var programs = map[string]func(){
	"own": own, "left": left, "mixed": mixed, "transaction": transaction, "rows": rows, "pool": pool,
	"lock-timeout": lockTimeout, "idle-timeout": idleTimeout, "cancel": cancel,
}

func main() {
	db = must(sql.Open("pgx", os.Getenv("DATABASE_URL")))
	defer db.Close()
	must(db.Exec("DROP TABLE IF EXISTS account"))
	must(db.Exec("CREATE TABLE account (id int PRIMARY KEY, balance int)"))
	must(db.Exec("INSERT INTO account VALUES (1, 100), (2, 100)"))
	programs[os.Getenv("CASE")]()
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

const change = "UPDATE account SET balance = balance + 1 WHERE id = 1"

// own waits for a transaction of its own.
func own() {
	tx := must(db.Begin())
	must(tx.Exec(change))
	must(db.Exec(change))
	tx.Commit()
}

// left waits for a transaction whose goroutine has returned.
func left() {
	var wg sync.WaitGroup
	locked := make(chan bool)
	wg.Go(func() {
		tx := must(db.Begin())
		must(tx.Exec(change))
		locked <- true
	})
	wg.Go(func() {
		<-locked
		must(db.Exec(change))
	})
	wg.Wait()
}

// mixed can wait in a circle of a mutex and a row.
func mixed() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Go(func() {
		mu.Lock()
		defer mu.Unlock()
		must(db.Exec(change))
	})
	wg.Go(func() {
		tx := must(db.Begin())
		must(tx.Exec(change))
		mu.Lock()
		defer mu.Unlock()
		tx.Commit()
	})
	wg.Wait()
}

// transaction and rows wait for the only connection, which they have themselves.
func transaction() {
	db.SetMaxOpenConns(1)
	tx := must(db.Begin())
	must(db.Exec(change))
	tx.Commit()
}

func rows() {
	db.SetMaxOpenConns(1)
	all := must(db.Query("SELECT id FROM account"))
	for all.Next() {
		must(db.Exec(change))
	}
}

// pool needs two connections at a time for each of two, and there are two.
func pool() {
	db.SetMaxOpenConns(2)
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			tx := must(db.Begin())
			n := 0
			db.QueryRow("SELECT balance FROM account WHERE id = 1").Scan(&n)
			tx.Commit()
		})
	}
	wg.Wait()
}

// lockTimeout and idleTimeout wait until the server has had enough of it.
func lockTimeout() {
	one, two := must(db.Begin()), must(db.Begin())
	must(one.Exec(change))
	must(two.Exec("SET LOCAL lock_timeout = '50ms'"))
	_, err := two.Exec(change)
	fmt.Println(err)
}

func idleTimeout() {
	one := must(db.Begin())
	must(one.Exec("SET LOCAL idle_in_transaction_session_timeout = '50ms'"))
	must(one.Exec(change))
	_, err := db.Exec(change)
	fmt.Println(err)
}

// cancel has the library roll back what the next run's connections are used for.
func cancel() {
	with, stop := context.WithCancel(context.Background())
	tx := must(db.BeginTx(with, nil))
	must(tx.Exec(change))
	stop()
	fmt.Println(tx.Commit() != nil)
}
