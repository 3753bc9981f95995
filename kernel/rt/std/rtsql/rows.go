package rtsql

import (
	"database/sql/driver"
	"io"
	"reflect"
	"slices"
)

// rows are the rows of a query, read already. So a query is one step, and the database
// is done with it when the step is over.
type rows struct {
	driver.Rows
	columns []string
	list    [][]driver.Value
	failed  error // after the last of them
	closed  error
}

// readAll reads what a query returns.
func readAll(under driver.Rows) (driver.Rows, error) {
	if more, ok := under.(driver.RowsNextResultSet); ok && more.HasNextResultSet() {
		return under, nil
	}
	r := &rows{Rows: under, columns: slices.Clone(under.Columns())}
	for {
		row := make([]driver.Value, len(r.columns))
		if err := under.Next(row); err != nil {
			if err != io.EOF {
				r.failed = err
			}
			break
		}
		for i, v := range row {
			if b, ok := v.([]byte); ok {
				row[i] = slices.Clone(b) // the driver uses it again
			}
		}
		r.list = append(r.list, row)
	}
	r.closed = under.Close()
	if len(r.list) == 0 && r.failed != nil {
		return nil, r.failed
	}
	if w := current(); w != nil {
		w.found(r)
	}
	return r, nil
}

// Columns implements driver.Rows.
func (r *rows) Columns() []string { return r.columns }

// Close implements driver.Rows.
func (r *rows) Close() error { return r.closed }

// Next implements driver.Rows.
func (r *rows) Next(dest []driver.Value) error {
	if len(r.list) == 0 {
		if r.failed != nil {
			return r.failed
		}
		return io.EOF
	}
	copy(dest, r.list[0])
	r.list = r.list[1:]
	return nil
}

// ColumnTypeScanType implements driver.RowsColumnTypeScanType.
func (r *rows) ColumnTypeScanType(i int) reflect.Type {
	if t, ok := r.Rows.(driver.RowsColumnTypeScanType); ok {
		return t.ColumnTypeScanType(i)
	}
	return reflect.TypeFor[any]()
}

// ColumnTypeDatabaseTypeName implements driver.RowsColumnTypeDatabaseTypeName.
func (r *rows) ColumnTypeDatabaseTypeName(i int) string {
	if t, ok := r.Rows.(driver.RowsColumnTypeDatabaseTypeName); ok {
		return t.ColumnTypeDatabaseTypeName(i)
	}
	return ""
}

// ColumnTypeLength implements driver.RowsColumnTypeLength.
func (r *rows) ColumnTypeLength(i int) (int64, bool) {
	if t, ok := r.Rows.(driver.RowsColumnTypeLength); ok {
		return t.ColumnTypeLength(i)
	}
	return 0, false
}

// ColumnTypeNullable implements driver.RowsColumnTypeNullable.
func (r *rows) ColumnTypeNullable(i int) (nullable, ok bool) {
	if t, ok := r.Rows.(driver.RowsColumnTypeNullable); ok {
		return t.ColumnTypeNullable(i)
	}
	return false, false
}

// ColumnTypePrecisionScale implements driver.RowsColumnTypePrecisionScale.
func (r *rows) ColumnTypePrecisionScale(i int) (precision, scale int64, ok bool) {
	if t, ok := r.Rows.(driver.RowsColumnTypePrecisionScale); ok {
		return t.ColumnTypePrecisionScale(i)
	}
	return 0, 0, false
}
