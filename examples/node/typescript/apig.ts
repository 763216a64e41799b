// apig.mjs in TypeScript. Node 22.18 and newer run it as it is; for others: npx tsc
//
// npx fgruntime invoke -e apig --set queryStringParameters.name=Ada apig.ts

import { apig } from 'fgruntime';

interface Answer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
  isBase64Encoded: boolean;
}

export const handler = apig(async (event, context): Promise<Answer> => {
  const name: string = event.queryStringParameter('name') ?? 'world';
  context.logger.info(`greeting ${name}`);
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'text/plain; charset=utf-8' },
    body: `Hello, ${name}!\n`,
    isBase64Encoded: false,
  };
});
