import { createHash } from 'node:crypto';
import { html } from 'hono/html';
import { describe, expect, it } from 'vitest';
import { ConflictError, UnavailableError } from '../../lib/platform/errors.ts';
import { httpEvent } from '../../tests/support/http-event.ts';
import { lambdaContext } from '../../tests/support/lambda-context.ts';
import { createTestApp } from '../../tests/support/test-app.ts';
import { page } from '../pages/layout.ts';
import { pageDoor, redirect } from './page-door.ts';
import { SignInNeededError } from './session.ts';

const hello = page({ title: 'Hello', tone: 'ask' }, html`<p>${'<b>you</b>'}</p>`);
const pages = {
  '/hello': { GET: async () => ({ status: 200, html: hello }) },
  '/away': { GET: async () => redirect('https://postflow.example/hello', ['a=1', 'b=2']) },
  '/private': {
    GET: () => Promise.reject(new SignInNeededError('/private/?a=1')),
    POST: () => Promise.reject(new SignInNeededError('/private/')),
  },
  '/taken': { POST: () => Promise.reject(new ConflictError('<i>Taken.</i>')) },
  '/busy': { GET: () => Promise.reject(new UnavailableError('Later.', 7)) },
  '/broken': { GET: () => Promise.reject(new Error('a secret')) },
};

async function visit(method: string, resource: string, publicUrl = 'https://postflow.example') {
  const app = { ...(await createTestApp()), publicUrl };
  const answer = await pageDoor({ name: 'test', pages }, async () => app)(
    httpEvent({ method, resource }),
    lambdaContext(),
  );
  return { ...answer, app };
}

describe('a function of pages', () => {
  it('answers with pages that load nothing, stand in no frame and tell nobody where they were', async () => {
    const { statusCode, headers, body } = await visit('GET', '/hello');
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'no-referrer',
      'Strict-Transport-Security': 'max-age=31536000',
    });
    const style = /<style>([\s\S]*?)<\/style>/.exec(body)?.[1] ?? '';
    expect(headers?.['Content-Security-Policy']).toBe(
      `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(body).not.toMatch(/<script|\son\w+=|\sstyle=/i);
    expect(body).toContain('&lt;b&gt;you&lt;/b&gt;');
  });

  it('does not ask for encryption where there is none', async () => {
    const { headers } = await visit('GET', '/hello', 'http://127.0.0.1:3000');
    expect(headers).not.toHaveProperty('Strict-Transport-Security');
  });

  it('answers HEAD as GET, without the page', async () => {
    const { statusCode, headers, body } = await visit('HEAD', '/hello');
    expect({ statusCode, body }).toEqual({ statusCode: 200, body: '' });
    expect(headers?.['Content-Security-Policy']).toContain("default-src 'none'");
  });

  it('leads elsewhere, with cookies', async () => {
    expect(await visit('GET', '/away')).toMatchObject({
      statusCode: 303,
      headers: { Location: 'https://postflow.example/hello', 'X-Frame-Options': 'DENY' },
      multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
    });
  });

  it('leads to the sign-in and back, and counts that as no failure', async () => {
    const { statusCode, headers, app } = await visit('GET', '/private');
    expect(statusCode).toBe(303);
    expect(headers?.['Location']).toBe('https://postflow.example/auth/sign-in/?next=%2Fprivate%2F%3Fa%3D1');
    expect([...app.counted]).toEqual([['test.success', 1]]);
  });

  it('asks who was signed out before pressing the button to sign in again', async () => {
    const { statusCode, body } = await visit('POST', '/private');
    expect(statusCode).toBe(401);
    expect(body).toContain('href="https://postflow.example/auth/sign-in/?next=%2Fprivate%2F"');
  });

  it.each([
    ['GET', '/nowhere', 404, {}],
    ['DELETE', '/hello', 405, { Allow: 'GET, HEAD' }],
    ['POST', '/hello', 405, { Allow: 'GET, HEAD' }],
    ['GET', '/taken', 405, { Allow: 'POST' }],
    ['POST', '/taken', 409, {}],
    ['GET', '/busy', 503, { 'Retry-After': '7' }],
    ['GET', '/constructor', 404, {}],
  ])('turns a refusal into a page: %s %s is %i', async (method, path, status, more) => {
    const { statusCode, headers, body } = await visit(method, path);
    expect(statusCode).toBe(status);
    expect(headers).toMatchObject({ 'Content-Type': 'text/html; charset=utf-8', 'X-Frame-Options': 'DENY', ...more });
    expect(body).toMatch(/<h1 id="title">[^<]+<\/h1>/);
    expect(body).not.toContain('<i>Taken');
  });

  it('tells of what was not foreseen the number of the request, and nothing else', async () => {
    const { statusCode, body } = await visit('GET', '/broken');
    expect(statusCode).toBe(500);
    expect(body).toContain('<code>c6af9ac6-7b61-11e6-9a41-93e8deadbeef</code>');
    expect(body).not.toContain('secret');
  });

  it('answers with a page also when it cannot start', async () => {
    const answer = await pageDoor({ name: 'test', pages }, () => Promise.reject(new Error('a secret')))(
      httpEvent({ method: 'GET', resource: '/hello' }),
      lambdaContext(),
    );
    expect(answer).toMatchObject({ statusCode: 500, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
    expect(answer.body).not.toContain('secret');
  });
});
