import { describe, expect, inject, it } from 'vitest';
import { runCase } from '../run-case.ts';

const engines = { dynamoDbEndpoint: inject('dynamoDbEndpoint'), upstash: inject('upstash') };
const rule = {
  ...{ id: 7, name: 'My Rule', organization_slug: 'baz', aggregate: 'count()', time_window_s: 600 },
  ...{ comparison_delta_s: null, threshold_type: 'above', description: null },
};
const closed = { identifier: 123, status: 'closed', date_started: '2024-08-12T13:00:00+00:00' };
const critical = { identifier: 124, status: 'critical', date_started: '2024-08-12T14:00:00+00:00' };
const link = '{base}/organizations/baz/alerts/rules/details/7/';
const rendering = { id: 'x-1', area: 'rendering', given: { rule } };
const call = 'metric_alert_attachment_info';
const telling = { id: 'x-2', area: 'alert-notification', given: {}, when: { method: 'fire' } };
const sent = { posted: true, result: true, stored_messages: 1 };
const parent = { id: 1, message_identifier: '1723467600.000100' };

describe('the adapters of rendering', () => {
  it.each([
    [
      'what is told of a rule below a link to it',
      {
        ...rendering,
        given: { rule, incidents: [closed, critical] },
        when: { call, incident: 124, metric_value: 1 },
        then: {
          title: 'Critical: My Rule',
          title_link: `${link}?alert=124`,
          text: '1 event in the last 10 minutes',
          status: 'Critical',
          date_started: critical.date_started,
        },
      },
    ],
    [
      'a rule of which nothing is to be told',
      { ...rendering, when: { call }, then: { title: 'Resolved: My Rule', title_link: link, text: '' } },
    ],
    [
      'a title before anything is escaped',
      {
        ...rendering,
        given: { rule: { ...rule, name: 'a & <b>' }, incident: closed },
        when: { call: 'incident_attachment_info', metric_value: 1 },
        then: { title: 'Resolved: a & <b>' },
      },
    ],
    ['a failing look for what was told before', { ...telling, given: { find_parent: 'raises' }, then: sent }],
    ['a failing record of what was sent', { ...telling, given: { saving: 'raises' }, then: sent }],
    [
      'an option of an organization',
      {
        ...telling,
        given: { existing_parent_message: parent, organization_options: { 'sentry:metric_alerts_thread_flag': false } },
        then: { posted: true, thread_ts: null },
      },
    ],
    [
      'an answer that is told before what it answers',
      {
        ...telling,
        given: { existing_messages: [{ id: 2, message_identifier: '1723467700.000100', parent_id: 1 }, parent] },
        then: { posted: true, thread_ts: parent.message_identifier, parent: 1 },
      },
    ],
    [
      'a picture that is drawn',
      {
        ...telling,
        given: { features: ['organizations:metric-alert-chartcuterie'] },
        then: { ...sent, image_block: true },
      },
    ],
    [
      'a picture that cannot be drawn',
      { ...telling, given: { chart: 'raises' }, then: { ...sent, image_block: false } },
    ],
    ['a snooze for everybody', { ...telling, given: { snoozed: true }, then: { posted: false, stored_messages: 0 } }],
    ['a snooze of nobody', { ...telling, given: { snoozed: false }, then: { posted: true } }],
  ])('pass %s', async (_, told) => {
    const { report, ...result } = await runCase(told, engines);
    expect(result, report).toEqual({ id: told.id, passed: true });
  });

  it.each([
    [
      'a picture of whom it is from',
      { ...rendering, when: { call }, then: { title: 'Resolved: My Rule', logo_url: 'x' } },
    ],
    [
      'a message of a mere beginning',
      { ...rendering, when: { call, new_status: 'open' }, then: { title: 'Open: My Rule' } },
    ],
    ['what analytics hear', { ...telling, then: { ...sent, analytics: ['alert.sent', {}] } }],
  ])('say that %s cannot be asked of us', async (_, told) => {
    const result = await runCase(told, engines);
    expect(result, result.report).toMatchObject({ passed: true, notExpressed: expect.any(String) });
  });

  it.each([
    ['*signs*', 'Critical: *signs*', true],
    ['two\nlines', 'Critical: two\nlines', true],
    ['long '.repeat(200), `Critical: ${'long '.repeat(200).trim()}`, true],
    ['*signs*', 'Critical: signs', false],
    ['short', 'Critical: short name', false],
  ])('tell of the name %j what is on purpose', async (name, title, isMeant) => {
    const asked = { call: 'slack_incident_message', new_status: 'critical' };
    const told = { ...rendering, given: { rule: { ...rule, name }, incident: closed }, when: asked };
    const result = await runCase({ ...told, then: { message: { title } } }, engines);
    expect(result, result.report).toMatchObject(
      isMeant ? { passed: true, differsOnPurpose: expect.any(String) } : { passed: false },
    );
  });

  it.each([
    ['resolve', 'warning', 'critical', true, true],
    ['fire', 'critical', 'warning', false, true],
    ['fire', 'critical', 'critical', false, false],
    ['resolve', 'warning', 'warning', true, false],
  ])('know of a %s of %s at %s that showing it may be %j', async (method, status, live, isShown, isMeant) => {
    const given = { existing_parent_message: parent, incident_status: live };
    const told = { ...telling, given, when: { method, new_status: status }, then: { reply_broadcast: isShown } };
    const result = await runCase(told, engines);
    expect(result, result.report).toMatchObject(
      isMeant ? { passed: true, differsOnPurpose: expect.any(String) } : { passed: false },
    );
  });

  it.each([
    [null, 1, true],
    [parent.message_identifier, 2, false],
  ])(
    'know of an answer to a message at %j that it may be linked to %d',
    async (message_identifier, linked, isMeant) => {
      const given = { existing_parent_message: { id: 1, message_identifier } };
      const told = { ...telling, given, then: { posted: true, stored: { parent_id: linked } } };
      const result = await runCase(told, engines);
      expect(result, result.report).toMatchObject(
        isMeant ? { passed: true, differsOnPurpose: expect.any(String) } : { passed: false },
      );
    },
  );

  it('say that pictures need nobody who switches them on', async () => {
    const result = await runCase({ ...telling, given: { features: [] }, then: { image_block: false } }, engines);
    expect(result, result.report).toMatchObject({ passed: true, differsOnPurpose: expect.any(String) });
  });

  it.each(['integration_status', 'organization_integration_status'])('say why nothing is sent by %s', async (key) => {
    const gone = {
      ...telling,
      given: { [key]: 'disabled' },
      then: { result: false, posted: false, stored_messages: 0 },
    };
    const result = await runCase(gone, engines);
    expect(result, result.report).toMatchObject({ passed: true, differsOnPurpose: expect.any(String) });
  });

  it.each([
    ['another title', { ...rendering, when: { call }, then: { title: 'Critical: My Rule', logo_url: 'x' } }],
    ['another key of what is asked', { ...rendering, when: { call, more: 1 }, then: {} }],
    ['another key of what is there', { ...telling, given: { more: 1 }, then: {} }],
    ['another key of what is expected', { ...telling, then: { ...sent, more: 1 } }],
    [
      'a message that was not to be sent',
      { ...telling, given: { integration_status: 'active' }, then: { stored_messages: 0 } },
    ],
  ])('fail on %s', async (_, told) => {
    expect(await runCase(told, engines)).toMatchObject({ passed: false });
  });
});
