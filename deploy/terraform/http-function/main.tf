# An HTTP function from a zip, whose root holds a `bootstrap` of deploy/http-function.

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
  default     = "hello-http"
}

variable "package" {
  description = "The zip, whose root holds `bootstrap` and what it starts."
  type        = string
  default     = "function.zip"
}

variable "concurrency" {
  description = "Requests at once in one instance, 1 to 1000."
  type        = number
  default     = 10
}

variable "variables" {
  description = "More environment variables."
  type        = map(string)
  default     = {}
}

resource "huaweicloud_fgs_function" "function" {
  name                  = var.name
  app                   = "default"
  functiongraph_version = "v2"
  runtime               = "http"
  handler               = "bootstrap"
  memory_size           = 128
  timeout               = 30
  concurrency_num       = var.concurrency
  code_type             = "zip"
  code_filename         = basename(var.package)
  func_code             = filebase64(var.package)

  user_data = jsonencode(merge(var.variables, {
    FGRUNTIME_CONCURRENCY = tostring(var.concurrency)
  }))
}

output "urn" {
  description = "What a trigger of API Gateway is given."
  value       = huaweicloud_fgs_function.function.urn
}
