import { expect, it } from 'vitest';
import { httpEvent } from '../../tests/support/http-event.ts';
import { readHttpRequest } from './http-request.ts';

it('joins cookies that came in several lines, and takes no other header that came twice', () => {
  const event = httpEvent({ method: 'GET', resource: '/' });
  const multiValueHeaders = { Cookie: ['a=1', 'b=2'], Origin: ['https://a.example', 'https://b.example'] };
  const { header } = readHttpRequest({ ...event, multiValueHeaders }, 100);
  expect([header('cookie'), header('origin'), header('accept')]).toEqual(['a=1; b=2', undefined, undefined]);
});
