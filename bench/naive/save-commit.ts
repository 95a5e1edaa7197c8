import type { SentCommit } from '../../lib/releases/commit-body.ts';
import { linkIssues } from './link-issues.ts';
import type { Row, Rows } from './rows.ts';

/** A commit as the later steps need it. */
export interface StoredCommit {
  readonly id: string;
  readonly repository: string;
  /** Address of the author. */
  readonly author: string | undefined;
}

/** Stores one commit with all that belongs to it: repository, author, links to issues, changed files. */
export async function saveCommit(rows: Rows, organization: string, sent: SentCommit): Promise<StoredCommit> {
  const repository = sent.repository || `organization-${organization}`;
  await getOrCreate(rows, { pk: `REPOSITORY#${organization}`, sk: repository });
  const author = await saveAuthor(rows, organization, sent);
  const values = {
    ...(sent.message != null && { message: sent.message }),
    ...(sent.timestamp != null && { dateAdded: sent.timestamp }),
    ...(author !== undefined && { author }),
  };
  const key = { pk: `COMMIT#${organization}#${repository}#${sent.id}`, sk: 'COMMIT' };
  const { row, isNew } = await getOrCreate(rows, { ...key, ...values });
  const changed = Object.entries(values).filter(([name, value]) => row[name] !== value);
  if (changed.length > 0) await rows.change(key, Object.fromEntries(changed));
  const stored = { id: sent.id, repository, author };
  if (isNew || changed.length > 0) await linkIssues(rows, organization, stored, sent.message ?? '');
  for (const { path, type } of sent.patch_set ?? []) {
    await rows.insert({ pk: `FILE_CHANGE#${organization}#${repository}#${sent.id}`, sk: path, type });
  }
  return stored;
}

async function saveAuthor(rows: Rows, organization: string, sent: SentCommit): Promise<string | undefined> {
  const { author_email: address, author_name: name } = sent;
  if (!address && !name) return undefined;
  const email = (address || `${name?.replace(/[^A-Za-z0-9\-_.]/g, '')}@localhost`).toLowerCase();
  const key = { pk: `AUTHOR#${organization}`, sk: email };
  const { row } = await getOrCreate(rows, { ...key, ...(name && { name }) });
  if (name && row['name'] !== name) await rows.change(key, { name });
  return email;
}

async function getOrCreate(rows: Rows, wanted: Row): Promise<{ readonly row: Row; readonly isNew: boolean }> {
  const { pk, sk } = wanted;
  const standing = await rows.find({ pk, sk });
  if (standing !== undefined) return { row: standing, isNew: false };
  await rows.insert(wanted);
  return { row: wanted, isNew: true };
}
