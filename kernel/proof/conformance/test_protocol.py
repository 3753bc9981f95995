"""The protocol suite of jupyter_kernel_test, whole."""

import unittest

import jupyter_kernel_test

GO_OUTPUT = 'func main() { fmt.Println("hello, world") }'


class KernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "threading101"
    language_name = "go"
    file_extension = ".go"
    code_hello_world = GO_OUTPUT
    code_stderr = 'func main() { fmt.Fprintln(os.Stderr, "oops") }'
    completion_samples = [{"text": "%pic", "matches": {"%picture"}}]
    complete_code_samples = ["var x = 1", "func main() {\n}", "%real\nfunc main() {}"]
    incomplete_code_samples = ["func main() {", 'fmt.Println("a",', "x := `abc"]
    invalid_code_samples = ["func main() { ) }"]
    code_display_data = [{"code": 'func main() { go fmt.Println("a"); time.Sleep(10 * time.Millisecond) }', "mime": "image/svg+xml"}]
    code_generate_error = 'func main() { panic("no") }'
    code_inspect_sample = "fmt.Println"
    code_history_pattern = "*hello, world*"
    supported_history_operations = ("tail", "range", "search")

    def test_history(self):
        """The suite takes its inputs from the samples of test_execute_result; ours come from here."""
        self.code_execute_result = [{"code": GO_OUTPUT}, {"code": 'func main() { fmt.Println("again") }'}]
        super().test_history()

    # Three things of the suite a compiled language's kernel does not have: the value
    # of a cell's last expression (a cell is a program, not an expression), a pager,
    # and code that clears the output.
    test_execute_result = test_pager = test_clear_output = None


if __name__ == "__main__":
    unittest.main()
