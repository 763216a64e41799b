'use strict';

// What a handler may ask of its context.

const assert = require('node:assert/strict');
const test = require('node:test');
const { start } = require('./support/function');

const HEADERS = {
  'X-Cff-Access-Key': 'access',
  'X-Cff-Secret-Key': 'secret',
  'X-Cff-Security-Access-Key': 'security access',
  'X-Cff-Security-Secret-Key': 'security secret',
  'X-Cff-Security-Token': 'security token',
  'X-Cff-Auth-Token': 'token',
};
const VARIABLES = { RUNTIME_MEMORY: '256', RUNTIME_CPU: '700', RUNTIME_TIMEOUT: '30' };

/** Documented methods, the properties of the same, and what they give; a type is one that may have any value. */
const ASKED = [
  ['getRequestID', 'requestId', 'id-1'],
  ['getTraceID', 'traceId', 'id-1'],
  ['getRunningTimeInSeconds', 'runningTimeInSeconds', 30],
  ['getAccessKey', 'accessKey', 'access'],
  ['getSecretKey', 'secretKey', 'secret'],
  ['getSecurityAccessKey', 'securityAccessKey', 'security access'],
  ['getSecuritySecretKey', 'securitySecretKey', 'security secret'],
  ['getSecurityToken', 'securityToken', 'security token'],
  ['getToken', 'token', 'token'],
  ['getFunctionName', 'functionName', 'test'],
  ['getVersion', 'version', 'latest'],
  ['getMemorySize', 'memorySize', 256],
  ['getCPUNumber', 'cpuNumber', 700],
  ['getProjectID', 'projectId', 'project-1'],
  ['getPackage', 'package', 'default'],
  ['getAlias', 'alias', undefined],
  ['getOriginVersionTag', 'originVersionTag', undefined],
  ['getWorkflowID', 'workflowId', undefined],
  ['getWorkflowRunID', 'workflowRunId', undefined],
  ['getWorkflowStateID', 'workflowStateId', undefined],
  ['getInvokeType', 'invokeType', 'sync'],
];

test('documented methods and properties', async (t) => {
  const names = JSON.stringify(ASKED.map(([method, property]) => [method, property]));
  const source = `
    const shown = (value) => (value === undefined ? 'undefined' : value);
    exports.handler = (event, context) =>
      ${names}.map(([method, property]) => [shown(context[method]()), shown(context[property])]);`;
  const running = await start(t, source, { variables: VARIABLES });
  const answers = (await running.ask({}, { requestId: 'id-1', headers: HEADERS })).json;
  for (const [index, [method, , expected]] of ASKED.entries()) {
    const shown = expected === undefined ? 'undefined' : expected;
    assert.deepEqual(answers[index], [shown, shown], method);
  }
});

test('without headers there are no credentials', async (t) => {
  const running = await start(
    t,
    `exports.handler = (event, context) => [context.getAccessKey(), context.securityToken, context.token].map(String);`,
  );
  assert.deepEqual((await running.ask({})).json, ['undefined', 'undefined', 'undefined']);
});

test('user data', async (t) => {
  const source = `
    exports.handler = (event, context) => [
      context.getUserData('a'), typeof context.getUserData('b'), typeof context.getUserData('constructor'),
      context.userData, Object.getPrototypeOf(context.userData), Object.keys(context.userData),
    ];`;
  const variables = { RUNTIME_USERDATA: '{"a":"1","__proto__":"2"}' };
  const running = await start(t, source, { variables });
  const [a, b, constructor, all, prototype, keys] = (await running.ask({})).json;
  assert.deepEqual([a, b, constructor, prototype], ['1', 'undefined', 'undefined', null]);
  assert.deepEqual(Object.entries(all).sort(), [
    ['__proto__', '2'],
    ['a', '1'],
  ]);
  assert.deepEqual(keys.sort(), ['__proto__', 'a']);
});

test('the remaining time gets less and ends at zero', async (t) => {
  const source = `
    exports.handler = async (event, context) => {
      const times = [context.remainingTimeInMilliSeconds];
      while (context.getRemainingTimeInMilliSeconds() >= times[0] - event) await new Promise((done) => setTimeout(done, 1));
      return [...times, context.getRemainingTimeInMilliSeconds()];
    };`;
  const running = await start(t, source, { variables: { RUNTIME_TIMEOUT: '60' } });
  const [first, second] = (await running.ask(5)).json;
  assert(first <= 60_000 && first > 30_000 && second < first, `${first}, ${second}`);
  const short = await start(t, source, { variables: { RUNTIME_TIMEOUT: '1' } });
  const [begin, end] = (await short.ask(-1)).json;
  assert(begin <= 1000 && end <= begin && end >= 0, `${begin}, ${end}`);
});

test('a context that is shown tells no secrets', async (t) => {
  const source = `
    exports.handler = (event, context) => {
      console.log(context);
      return [require('node:util').inspect(context), JSON.stringify(context), typeof context.getLogger().info];
    };`;
  const running = await start(t, source);
  const [shown, json, logger] = (await running.ask({}, { requestId: 'id-1', headers: HEADERS })).json;
  assert.deepEqual([shown, json, logger], ["Context { requestId: 'id-1' }", '{}', 'function']);
  assert.match(await running.stop(), /id-1 INFO Context { requestId: 'id-1' }\n$/);
});

test('a context is of use after the reply', async (t) => {
  const source = `
    let last;
    exports.handler = (event, context) => {
      const before = last && [last.requestId, last.getMemorySize(), last.getLogger() === last.logger];
      last = context;
      return before;
    };`;
  const running = await start(t, source);
  await running.ask({}, { requestId: 'id-1' });
  assert.deepEqual((await running.ask({}, { requestId: 'id-2' })).json, ['id-1', 128, true]);
});
