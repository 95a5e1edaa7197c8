import { describe, expect, it } from 'vitest';
import { openWebhookSecret, sealWebhookSecret } from '../webhook-secret.ts';
import { readWebhookAddress } from './webhook-address.ts';

describe('the address of a webhook', () => {
  it.each([
    ['https://hooks.acme.example/a?b=c', 'https://hooks.acme.example/a?b=c'],
    ['https://HOOKS.acme.example:8443/#part', 'https://hooks.acme.example:8443/'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    ['https://[2606:4700::1111]/', 'https://[2606:4700::1111]/'],
  ])('%s is kept as %s', (sent, url) => {
    expect(readWebhookAddress(sent)).toEqual({ url });
  });

  it.each([
    ...[
      '',
      'hooks',
      'http://hooks.acme.example/',
      'ftp://a.example',
      'https://user@a.example',
      'https://u:p@a.example',
    ],
    ...['https://localhost/', 'https://intranet/', 'https://printer.local/', 'https://a.internal./', 'https://a.test'],
    ...['https://127.0.0.1/', 'https://127.1/', 'https://2130706433/', 'https://0x7f000001/', 'https://0/'],
    ...['https://10.1.2.3/', 'https://172.31.0.1/', 'https://192.168.1.1/', 'https://100.64.0.1/'],
    ...['https://169.254.169.254/latest/meta-data/', 'https://224.0.0.1/', 'https://255.255.255.255/'],
    ...['https://[::1]/', 'https://[::]/', 'https://[fd00::1]/', 'https://[fe80::1]/', 'https://[ff02::1]/'],
    ...[
      'https://[::ffff:127.0.0.1]/',
      'https://[::ffff:8.8.8.8]/',
      'https://[64:ff9b::7f00:1]/',
      'https://[2002:7f00:1::]/',
    ],
    `https://a.example/${'x'.repeat(2_000)}`,
  ])('%s is refused', (sent) => {
    expect(readWebhookAddress(sent)).toEqual({ fault: expect.any(String) as unknown });
  });

  it('opens its secret, and no other does', () => {
    const app = { tokenEncryptionKey: 'a key of this installation' };
    const sealed = sealWebhookSecret(app, 'https://a.example/', 'pfwh_secret');
    expect(openWebhookSecret(app, 'https://a.example/', sealed)).toBe('pfwh_secret');
    expect(() => openWebhookSecret(app, 'https://b.example/', sealed)).toThrow('cannot be opened');
  });
});
