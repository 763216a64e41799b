'use strict';
// The peer without a runtime: the loop that one would write by hand on Node's own HTTP client, which checks nothing.

const http = require('http');

const handler = require('./function.js')[process.argv[2]];
const [host, port] = process.env.RUNTIME_API_ADDR.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function exchange(method, path, body) {
  const headers =
    body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = http.request({ agent, host, port, method, path, headers }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function main() {
  for (;;) {
    const { headers, body } = await exchange('GET', '/v1/runtime/invocation/request');
    const context = { requestId: headers['x-cff-request-id'] };
    const answer = JSON.stringify(await handler(JSON.parse(body), context));
    await exchange('POST', `/v1/runtime/invocation/response/${context.requestId}`, answer);
  }
}

main();
