//! What the Config service asks a function that is a custom rule.

use super::Kind;
use super::declare::{object, trigger};

trigger! {
    /// A resource to be judged, or a tick of a rule that judges in periods.
    ConfigEvent, CONFIG, Kind::Config;
    debug [policy_assignment_name, trigger_type];
    rows {
        domain_id: Text "domain_id", "The account's id.";
        policy_assignment_id: Text "policy_assignment_id", "The rule's id.";
        policy_assignment_name: Text "policy_assignment_name", "The rule's name.";
        function_urn: Text "function_urn", "The function's URN.";
        trigger_type: Text "trigger_type", "`resource` or `period`.";
        evaluation_time: Time(Milliseconds) "evaluation_time", "When the rule was triggered, in milliseconds. To be reported back as a text.";
        evaluation_hash: Text "evaluation_hash", "To be reported back.";
        rule_parameter: Any "rule_parameter", "The rule's parameters: objects with a `value` by name.";
        invoking_event: Object(ConfigResource, CONFIG_RESOURCE) "invoking_event" or Null, "The resource; of a tick nearly empty.";
    }
}

object! {
    /// A resource to be judged.
    ConfigResource, CONFIG_RESOURCE;
    rows {
        id: Text "id" or Null, "The resource's id.";
        name: Text "name" or Null, "The resource's name.";
        provider: Text "provider" or Null, "The service, for example `vpc`.";
        r#type: Text "type" or Null, "The resource's type.";
        tags: Any "tags", "The resource's tags.";
        created: Time(Rfc3339) "created" or Null, "When it was made.";
        updated: Time(Rfc3339) "updated" or Null, "When it was changed last.";
        properties: Any "properties", "What it is like, by its type.";
        ep_id: Text "ep_id" or Null, "The enterprise project's id.";
        project_id: Text "project_id" or Null, "The project's id.";
        region_id: Text "region_id" or Null, "The region's name.";
        provisioning_state: Text "provisioning_state" or Null, "How far its making is.";
    }
}

impl ConfigEvent {
    /// The value of the rule's parameter `name`.
    #[must_use]
    pub fn rule_parameter_value(&self, name: &str) -> Option<serde_json::Value> {
        let parameters: serde_json::Value = self.rule_parameter_json().ok()?;
        parameters.get(name)?.get("value").cloned()
    }
}
