//! What API Gateway asks a function that is a custom authorizer, of the frontend or of the backend. The shape is not told from
//! other events: such a function asks for it by type.

use super::Kind;
use super::declare::trigger;

trigger! {
    /// What a custom authorizer is to decide about. Answer with an
    /// [`ApigAuthorizerResponse`](crate::response::ApigAuthorizerResponse).
    ApigAuthorizerRequest, AUTHORIZER, Kind::ApigAuthorizer;
    debug [headers];
    rows {
        headers: Map "headers" or Null, "The headers that the authorizer declares as identity sources.";
        query_string_parameters: Map "queryStringParameters" or Null, "The query parameters that the authorizer declares as identity sources.";
        user_data: Text "user_data", "The text given when the authorizer was made. For a backend authorizer it is all there is.";
        body: Text "body" or Null, "The request body, if the authorizer asks for it.";
    }
}
