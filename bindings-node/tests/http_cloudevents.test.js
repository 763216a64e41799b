'use strict';

// CloudEvents, sent by the package `cloudevents`.

const assert = require('node:assert/strict');
const test = require('node:test');
const { CloudEvent, HTTP } = require('cloudevents');
const { serve } = require('./support/http_function');

const VARIABLES = { FGRUNTIME_HTTP_MODE: 'cloudevents' };
const ATTRIBUTES = {
  id: 'event-1',
  source: '/orders',
  type: 'OrderPaid',
  subject: 'a "quoted" subject, 100 %',
  time: '2026-01-02T03:04:05.678Z',
  datacontenttype: 'application/json',
  tenant: 'blue',
};
const DATA = { order: 7, text: 'größer', list: [1.5, null, true] };

/** Answers with the event as it is, typed and not. */
const ECHO = `
  const { eventgrid } = require('fgruntime');
  exports.handler = eventgrid((event, context) => ({ kind: event.kind, findings: event.findings, event: event.toJSON() }));`;

for (const form of ['binary', 'structured']) {
  test(`a ${form} event arrives as it was sent`, async (t) => {
    const running = await serve(t, ECHO, { variables: VARIABLES });
    const sent = new CloudEvent({ ...ATTRIBUTES, data: DATA });
    const { headers, body } = HTTP[form](sent);
    const response = await fetch(running.url('/'), { method: 'POST', headers, body });
    assert.equal(response.status, 200);
    const { kind, findings, event } = await response.json();
    assert.deepEqual([kind, findings], ['eventgrid', []]);
    // Read by the package again, it is the same event.
    const received = new CloudEvent(event);
    assert.deepEqual(received.toJSON(), sent.toJSON());
    await running.stop();
  });

  test(`a ${form} event with bytes`, async (t) => {
    const source = 'exports.handler = (event, context) => event;';
    const running = await serve(t, source, { variables: VARIABLES });
    const data = Uint8Array.from([0, 255, 10, 13, 128]);
    const sent = new CloudEvent({
      id: '1',
      source: '/s',
      type: 't',
      datacontenttype: 'application/octet-stream',
      data,
    });
    const { headers, body } = HTTP[form](sent);
    const response = await fetch(running.url('/'), { method: 'POST', headers, body });
    assert.equal((await response.json()).data_base64, Buffer.from(data).toString('base64'));
    await running.stop();
  });
}

test('what is no event is refused before the handler', async (t) => {
  const source = "exports.handler = (event, context) => { console.log('called'); };";
  const running = await serve(t, source, { variables: VARIABLES });
  const response = await fetch(running.url('/'), { method: 'POST', body: '{}' });
  assert.equal(response.status, 400);
  assert.match((await response.json()).errorMessage, /ce-specversion/);
  assert.equal(await running.stop(), '');
});
