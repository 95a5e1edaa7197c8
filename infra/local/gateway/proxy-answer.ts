import * as z from 'zod';
import { isBinary } from './binary-media-types.ts';
import { type GatewayAnswer, type GatewayRequest, headerOf } from './gateway-answer.ts';

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

/** The form of a Lambda proxy answer; a key more, or a body that is not text, makes it malformed. */
const answerSchema = z.strictObject({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), scalar).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(scalar)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** Headers that API Gateway sets by itself; a function's own come out under another name. */
const remapped: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'date',
  'host',
  'server',
  'transfer-encoding',
  'user-agent',
  'www-authenticate',
]);

/** Turns a function's answer into the one for the wire, or gives `undefined` when it is malformed. */
export function proxyAnswer(
  payload: string,
  request: GatewayRequest,
  binaryMediaTypes: readonly string[],
): GatewayAnswer | undefined {
  const parsed = answerSchema.safeParse(JSON.parse(payload));
  if (!parsed.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;

  // Both maps are merged; where both name a header, only the list counts.
  const lists = new Map(Object.entries(multiValueHeaders ?? {}).map(([name, values]) => [name.toLowerCase(), values]));
  const single = Object.entries(headers ?? {}).filter(([name]) => !lists.has(name.toLowerCase()));
  const several = Object.entries(multiValueHeaders ?? {}).flatMap(([name, values]) =>
    values.map((value) => [name, value] as const),
  );
  const all = [...single, ...several].map(([name, value]) => [answerName(name), value] as const);
  const typed = headerOf(all, 'content-type') === undefined ? [['Content-Type', 'application/json'] as const] : [];

  // The client's first Accept type decides whether base64 becomes bytes again.
  const [accepted] = (headerOf(request.headers, 'accept') ?? '').split(',');
  const asBytes = isBase64Encoded === true && isBinary(accepted, binaryMediaTypes);
  return {
    statusCode,
    headers: [...all, ...typed],
    body: Buffer.from(body ?? '', asBytes ? 'base64' : 'utf8'),
  };
}

function answerName(name: string): string {
  return remapped.has(name.toLowerCase()) ? `x-amzn-Remapped-${name}` : name;
}
