import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { openApiDocument } from '../../functions/api-endpoints/document.ts';

interface OpenApiResponse {
  readonly content?: { readonly 'application/json'?: unknown };
  readonly headers?: Readonly<Record<string, unknown>>;
}

/** The document that the API serves. */
export const openApi = openApiDocument('https://postflow.example') as {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { readonly responses: Readonly<Record<string, OpenApiResponse>> }>>>
  >;
};

const documentId = 'openapi.json';
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(openApi, documentId);

/** What an answer has that the document does not promise, or the other way round; empty when it is as promised. */
export function contractErrors(
  method: string,
  resource: string,
  answer: { readonly status: number; readonly body: unknown; readonly headers: Readonly<Record<string, string>> },
): string[] {
  const path = `${resource}/`;
  const response = openApi.paths[path]?.[method.toLowerCase()]?.responses[answer.status];
  if (response === undefined) return [`the document knows no ${answer.status} of ${method} ${path}`];
  const content = response.content?.['application/json'];
  if (content === undefined) return answer.body === undefined ? [] : ['the document promises no body'];
  if (response.headers?.['Link'] !== undefined && !('Link' in answer.headers)) return ['no Link header'];
  const at = [
    'paths',
    path,
    method.toLowerCase(),
    'responses',
    String(answer.status),
    'content',
    'application/json',
    'schema',
  ];
  const pointer = at.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
  const validate = ajv.getSchema(`${documentId}#/${pointer}`);
  if (validate === undefined) return ['the document has no schema here'];
  if (validate(answer.body) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message = '' }) => `${instancePath}: ${message}`);
}
