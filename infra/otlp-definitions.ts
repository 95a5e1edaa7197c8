import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';

// Makes lib/metrics/otlp/definitions/opentelemetry.json of OpenTelemetry's own published definitions:
//
//   pip download --no-deps opentelemetry-proto && unzip opentelemetry_proto-*.whl -d unpacked
//   node infra/otlp-definitions.ts unpacked
//
// The package holds each .proto file as a serialized FileDescriptorProto, in a Python literal.

const files = [
  'common/v1/common_pb2.py',
  'resource/v1/resource_pb2.py',
  'metrics/v1/metrics_pb2.py',
  'collector/metrics/v1/metrics_service_pb2.py',
];

const escapes: Readonly<Record<string, number>> = { n: 0x0a, r: 0x0d, t: 0x09 };

/** The bytes of the literal `b'…'` that a generated file registers. @throws RangeError when it has none */
function serializedFile(source: string): Buffer {
  const [, literal] = /AddSerializedFile\(b'((?:[^'\\]|\\.)*)'\)/su.exec(source) ?? [];
  if (literal === undefined) throw new RangeError('No serialized definition is in this file.');
  const bytes: number[] = [];
  for (const [, hex, escaped, plain] of literal.matchAll(/\\x([0-9a-f]{2})|\\(.)|([^\\])/gsu)) {
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (escaped !== undefined) bytes.push(escapes[escaped] ?? escaped.charCodeAt(0));
    else if (plain !== undefined) bytes.push(plain.charCodeAt(0));
  }
  return Buffer.from(bytes);
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new TypeError('Name the folder of the unpacked package.');
const sources = await Promise.all(files.map((file) => readFile(join(folder, 'opentelemetry/proto', file), 'latin1')));
const set = descriptor.FileDescriptorSet.create({
  file: sources.map((source) => descriptor.FileDescriptorProto.decode(serializedFile(source))),
});
/** As JSON that protobufjs reads, without what nobody here reads: options of other languages, and exemplars. */
function reduced(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => (typeof part === 'string' ? camelCase(part) : part));
  const entries = Object.entries(value).filter(([name]) => !leftOut.has(name));
  return Object.fromEntries(
    entries.map(([name, part]) => {
      const isFields = name === 'fields' || name === 'oneofs';
      return [name, reduced(isFields ? camelCased(part as object) : part)];
    }),
  );
}

/** The names that fields have in JSON and here. */
function camelCased(fields: object): object {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [camelCase(name), field]));
}

function camelCase(name: string): string {
  return name.replace(/(?<=.)_([a-z])/gu, (_, letter: string) => letter.toUpperCase());
}

const leftOut = new Set([
  ...['java_package', 'java_outer_classname', 'java_multiple_files', 'go_package', 'csharp_namespace'],
  ...['exemplars', 'Exemplar', 'MetricsService'],
]);
const root = protobuf.Root.fromDescriptor(descriptor.FileDescriptorSet.encode(set).finish()).resolveAll();
const target = new URL('../lib/metrics/otlp/definitions/opentelemetry.json', import.meta.url);
await writeFile(target, `${JSON.stringify(reduced(root.toJSON()), null, 2)}\n`);
