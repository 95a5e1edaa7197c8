import * as Sentry from '@sentry/node';

// A program that counts and fails with @sentry/node, in a process of its own: the SDK changes what it runs in. SENTRY_DSN says where to.

const { SENTRY_DSN: dsn = '' } = process.env;
Sentry.init({ dsn, release: 'shop@1.2.3', environment: 'staging' });
Sentry.metrics.count('node.orders', 3, { attributes: { route: '/pay', paid: true } });
Sentry.metrics.count('node.orders', 4, { attributes: { route: '/pay', paid: true } });
Sentry.metrics.count('node.orders', 5, { attributes: { route: '/cart', paid: false } });
for (const value of [12, 3, 8]) Sentry.metrics.gauge('node.queue_length', value);
for (let value = 1; value <= 100; value += 1) {
  Sentry.metrics.distribution('node.load', value, { unit: 'millisecond', attributes: { step: value % 2 } });
}
for (const [place, id] of ['ada', 'mia', 'ada'].entries()) {
  Sentry.setUser({ id });
  // Nobody caught the first one, so that the session of the program counts as crashed.
  const mechanism = { type: 'generic', handled: place > 0 };
  Sentry.captureException(new Error(`The cart is empty: ${place}`), { mechanism });
}
const isSent = await Sentry.close(10_000);
process.exitCode = isSent ? 0 : 1;
