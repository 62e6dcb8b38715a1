"""Networks, seeds and answers as files that anybody may write and check: values in, values out."""
