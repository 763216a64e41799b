# An event function from an image in SWR, built from one of deploy/*/Dockerfile.

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
  default     = "hello-image"
}

variable "image" {
  description = "The image's address, swr.REGION.myhuaweicloud.com/ORGANIZATION/NAME:TAG."
  type        = string

  validation {
    condition     = startswith(var.image, "swr.")
    error_message = "FunctionGraph takes images from SWR only: the address starts with \"swr.\"."
  }
}

variable "agency" {
  description = "The agency that lets FunctionGraph pull from SWR; it has the permission SWR Administrator."
  type        = string
}

variable "concurrency" {
  description = "Invocations at once in one instance, 1 to 1000."
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
  agency                = var.agency
  functiongraph_version = "v2"
  runtime               = "Custom Image"
  handler               = "-"
  memory_size           = 128
  timeout               = 30
  concurrency_num       = var.concurrency

  user_data = jsonencode(merge(var.variables, {
    FGRUNTIME_CONCURRENCY = tostring(var.concurrency)
  }))

  # The provider sets code_type itself, and refuses it beside an image.
  custom_image {
    url = var.image
  }
}

output "urn" {
  description = "What the function is invoked by."
  value       = huaweicloud_fgs_function.function.urn
}
