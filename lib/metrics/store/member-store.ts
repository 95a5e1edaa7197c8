import { eachLimited } from '../../platform/each-limited.ts';
import { happened } from '../../platform/happened.ts';
import type { Key, Table, UpdateExpression } from '../../platform/table.ts';
import type { FoldMemory, KnownMembers } from '../fold-memory.ts';
import { bytesOfHash } from '../folding/fold-content.ts';
import { exactMembers, type Register, registerCount, registerOf } from '../sketches/unique-counter.ts';
import { membersKey, registersKey } from './bucket-keys.ts';

/** The names of what a set's items hold. */
export const memberItems = { hashes: 'h', registers: 'r', name: 'set members' } as const;

const writesAtOnce = 4;

/**
 * Adds members to what a set's bucket keeps. As often as you like: sets of bytes only grow. Up to a thousand the hashes
 * themselves are kept; what comes when there are more is kept as registers.
 */
export async function addMembers(
  app: { readonly metricsTable: Table; readonly memory: FoldMemory },
  bucket: { readonly key: Key; readonly expiresAt: number },
  hashes: ReadonlySet<bigint>,
): Promise<void> {
  const name = `${bucket.key.pk}\n${bucket.key.sk}`;
  const known: KnownMembers = app.memory.members.get(name) ?? { hashes: new Set() };
  const isExact = known.registers === undefined && hashes.size <= exactMembers;
  const isDone = isExact && (await addHashes(app.metricsTable, bucket, hashes, known));
  if (!isDone) await addRegisters(app.metricsTable, bucket, hashes, known);
  app.memory.members.set(name, known);
}

/** Gives false when there are too many members for their hashes. */
async function addHashes(
  table: Table,
  { key, expiresAt }: { readonly key: Key; readonly expiresAt: number },
  hashes: ReadonlySet<bigint>,
  known: KnownMembers,
): Promise<boolean> {
  const fresh = [...hashes].filter((hash) => !known.hashes.has(hash));
  if (fresh.length === 0) return true;
  const isRoom = 'attribute_not_exists(#added) OR size(#added) <= :most';
  const added = table.update(membersKey(key), growing(memberItems.hashes, fresh.map(bytesOfHash), expiresAt), {
    expression: isRoom,
    values: { ':most': exactMembers },
  });
  if (!(await happened(added))) return false;
  for (const hash of fresh) known.hashes.add(hash);
  return true;
}

async function addRegisters(
  table: Table,
  { key, expiresAt }: { readonly key: Key; readonly expiresAt: number },
  hashes: ReadonlySet<bigint>,
  known: KnownMembers,
): Promise<void> {
  known.registers ??= new Uint8Array(registerCount);
  const { registers } = known;
  const raised = new Map<number, number>();
  for (const { index, rank } of [...hashes].map(registerOf)) {
    if (rank > Math.max(registers[index] ?? 0, raised.get(index) ?? 0)) raised.set(index, rank);
  }
  const items = Map.groupBy(raised, ([index]) => registersKey(key, index).sk);
  await eachLimited(items, writesAtOnce, async ([sk, pairs]) => {
    const bytes = pairs.map(([index, rank]) => bytesOfRegister({ index, rank }));
    await table.update({ pk: key.pk, sk }, growing(memberItems.registers, bytes, expiresAt));
    for (const [index, rank] of pairs) registers[index] = rank;
  });
}

/** A register and its rank in the three bytes that are stored. */
function bytesOfRegister({ index, rank }: Register): Uint8Array {
  return Uint8Array.of(index >> 8, index & 0xff, rank);
}

function growing(attribute: string, bytes: readonly Uint8Array[], expiresAt: number): UpdateExpression {
  return {
    expression: 'SET #itemType = :itemType, #expiresAt = :expiresAt ADD #added :added',
    names: { '#itemType': 'itemType', '#expiresAt': 'expiresAt', '#added': attribute },
    values: { ':itemType': memberItems.name, ':expiresAt': expiresAt, ':added': new Set(bytes) },
  };
}
