# An event function from a zip: a program named `bootstrap` on the runtime Custom, or any program on the runtime Go1.x.

terraform {
  required_version = ">= 1.3"
  required_providers {
    huaweicloud = {
      source  = "huaweicloud/huaweicloud"
      version = ">= 1.73.1"
    }
  }
}

variable "name" {
  description = "What the function is called."
  type        = string
  default     = "hello"
}

variable "package" {
  description = "The zip, whose root holds the program."
  type        = string
  default     = "function.zip"
}

variable "runtime" {
  description = "Custom, or Go1.x for a zip with a Go 1.x function."
  type        = string
  default     = "Custom"

  validation {
    condition     = contains(["Custom", "Go1.x"], var.runtime)
    error_message = "The runtime is Custom or Go1.x."
  }
}

variable "handler" {
  description = "On Go1.x the program's name in the zip. On Custom FILE.FUNCTION for Python and Node.js, any text otherwise."
  type        = string
  default     = "index.handler"
}

variable "variables" {
  description = "Environment variables, which handlers read from the context's user data."
  type        = map(string)
  default     = {}
}

resource "huaweicloud_fgs_function" "function" {
  name                  = var.name
  app                   = "default"
  functiongraph_version = "v2"
  runtime               = var.runtime
  handler               = var.handler
  memory_size           = 128
  timeout               = 30
  code_type             = "zip"
  code_filename         = basename(var.package)
  func_code             = filebase64(var.package)
  user_data             = jsonencode(var.variables)
}

output "urn" {
  description = "What the function is invoked by."
  value       = huaweicloud_fgs_function.function.urn
}
