// A bank with two accounts, and what goes wrong where two use it at the same time. CASE
// says what they do, on which database, and how well their transactions are isolated.
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

var ctx = context.Background()

var levels = map[string]sql.IsolationLevel{
	"rc": sql.LevelReadCommitted, "rr": sql.LevelRepeatableRead, "ser": sql.LevelSerializable, "none": sql.LevelDefault,
}

var kinds = map[string]func(b *bank, who int) error{
	"lost": (*bank).pay, "locked": (*bank).payLocked, "update": (*bank).payAtOnce, "skew": (*bank).take, "reread": (*bank).reread,
	"circle": (*bank).move, "immediate": (*bank).payImmediate, "prepared": (*bank).payPrepared,
	"unseen": (*bank).payUnseen, "stamp": (*bank).stamp, "modes": (*bank).share,
}

type bank struct {
	db    *sql.DB
	level sql.IsolationLevel
	meet  chan bool
}

func main() {
	args := strings.Fields(os.Getenv("CASE")) // kind, driver, level, and perhaps "retry"
	b := &bank{open(args[1]), levels[args[2]], make(chan bool)}
	defer b.db.Close()
	b.exec("DROP TABLE IF EXISTS account")
	key := " PRIMARY KEY"
	if args[0] == "modes" {
		key = ""
	}
	b.exec("CREATE TABLE account (id int" + key + ", balance int)")
	b.exec("INSERT INTO account VALUES (1, 100), (2, 100)")
	var wg sync.WaitGroup
	for _, who := range []int{1, 2} {
		wg.Go(func() { b.work(kinds[args[0]], who, len(args) > 3) })
	}
	wg.Wait()
	if args[0] == "modes" {
		must(b.in(changeLocked))
	}
	var first, second int
	must(b.db.QueryRow("SELECT balance FROM account WHERE id = 1").Scan(&first))
	must(b.db.QueryRow("SELECT balance FROM account WHERE id = 2").Scan(&second))
	fmt.Println(first, second)
}

func open(driver string) *sql.DB {
	name := "bank.db"
	if driver == "pgx" {
		name = os.Getenv("DATABASE_URL")
	}
	db, err := sql.Open(driver, name)
	must(err)
	return db
}

func (b *bank) work(do func(*bank, int) error, who int, retry bool) {
	for {
		err := do(b, who)
		switch {
		case err == nil:
			return
		case !refusal(err):
			panic(err)
		case !retry:
			fmt.Println("refused", who)
			return
		}
	}
}

func refusal(err error) bool {
	var state interface{ SQLState() string }
	if errors.As(err, &state) {
		return state.SQLState() == "40001" || state.SQLState() == "40P01"
	}
	return strings.Contains(err.Error(), "SQLITE_BUSY")
}

func (b *bank) exec(text string, args ...any) {
	_, err := b.db.Exec(text, args...)
	must(err)
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// in does something in a transaction.
func (b *bank) in(do func(tx *sql.Tx) error) error {
	tx, err := b.db.BeginTx(ctx, &sql.TxOptions{Isolation: b.level})
	must(err)
	defer tx.Rollback()
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func (b *bank) add(tx *sql.Tx, lock string, n int) error {
	var balance int
	if err := tx.QueryRowContext(ctx, "SELECT balance FROM account WHERE id = 1"+lock).Scan(&balance); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE account SET balance = $1 WHERE id = 1", balance+n)
	return err
}

func (b *bank) pay(who int) error {
	return b.in(func(tx *sql.Tx) error { return b.add(tx, "", 10*who) })
}

func (b *bank) payLocked(who int) error {
	return b.in(func(tx *sql.Tx) error { return b.add(tx, " FOR UPDATE", 10*who) })
}

func (b *bank) payAtOnce(who int) error {
	_, err := b.db.Exec("UPDATE account SET balance = balance + $1 WHERE id = 1", 10*who)
	return err
}

func (b *bank) payPrepared(who int) error {
	return b.in(func(tx *sql.Tx) error {
		st, err := tx.PrepareContext(ctx, "UPDATE account SET balance = balance + $1 WHERE id = 1")
		if err != nil {
			return err
		}
		defer st.Close()
		_, err = st.ExecContext(ctx, 10*who)
		return err
	})
}

// payUnseen talks to the database through an interface of its own.
func (b *bank) payUnseen(who int) error {
	var db interface {
		Exec(string, ...any) (sql.Result, error)
	} = b.db
	_, err := db.Exec("UPDATE account SET balance = balance + $1 WHERE id = 1", 10*who)
	return err
}

// stamp asks the database for what no schedule decides.
func (b *bank) stamp(who int) error {
	b.exec("UPDATE account SET balance = balance + 1 WHERE id = $1 AND now() IS NOT NULL", who)
	return nil
}

// share: both have the row locked at the same time.
func (b *bank) share(who int) error {
	return b.in(func(tx *sql.Tx) error {
		var balance int
		must(tx.QueryRow("SELECT balance FROM account WHERE id = 1 FOR SHARE").Scan(&balance))
		if who == 1 {
			b.meet <- true
		} else {
			<-b.meet
		}
		return nil
	})
}

// changeLocked changes a table that it has locked as a whole.
func changeLocked(tx *sql.Tx) error {
	_, err := tx.Exec("LOCK TABLE account")
	must(err)
	_, err = tx.Exec("UPDATE account SET balance = balance")
	return err
}

// payImmediate has a connection of its own, and says itself what SQLite is to do.
func (b *bank) payImmediate(who int) error {
	c, err := b.db.Conn(ctx)
	must(err)
	defer c.Close()
	if _, err := c.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	_, err = c.ExecContext(ctx, "UPDATE account SET balance = balance + ? WHERE id = 1", 10*who)
	must(err)
	_, err = c.ExecContext(ctx, "COMMIT")
	return err
}

func (b *bank) take(who int) error {
	return b.in(func(tx *sql.Tx) error {
		var sum int
		if err := tx.QueryRow("SELECT sum(balance) FROM account").Scan(&sum); err != nil || sum < 200 {
			return err
		}
		_, err := tx.Exec("UPDATE account SET balance = balance - 150 WHERE id = $1", who)
		return err
	})
}

// reread: the first reads twice, the second changes what it reads.
func (b *bank) reread(who int) error {
	if who == 2 {
		b.exec("UPDATE account SET balance = 90 WHERE id = 1")
		return nil
	}
	return b.in(func(tx *sql.Tx) error {
		var one, two int
		must(tx.QueryRow("SELECT balance FROM account WHERE id = 1").Scan(&one))
		must(tx.QueryRow("SELECT balance FROM account WHERE id = 1").Scan(&two))
		fmt.Println("read", one, two)
		return nil
	})
}

func (b *bank) move(who int) error {
	return b.in(func(tx *sql.Tx) error {
		for _, id := range []int{who, 3 - who} {
			if _, err := tx.Exec("UPDATE account SET balance = balance + 1 WHERE id = $1", id); err != nil {
				return err
			}
		}
		return nil
	})
}
