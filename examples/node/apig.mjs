// Answers an API Gateway event: greets whoever the query names.
//
// npm install fgruntime fgruntime-cli
// npx fgruntime invoke -e apig --set queryStringParameters.name=Ada apig.mjs

import { apig } from 'fgruntime';

export const handler = apig((event, context) => {
  const name = event.queryStringParameter('name') ?? 'world';
  context.getLogger().info('greeting %s', name);
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: `Hello, ${name}!\n`,
    isBase64Encoded: false,
  };
});
