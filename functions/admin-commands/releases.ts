import { createRepository, listRepositories, repositoryInput } from '../../lib/releases/index.ts';
import { type Commands, command, inOrganization } from './command.ts';

/** What releases are made from. */
export const releaseCommands: Commands = {
  'repository.create': command(repositoryInput, createRepository),
  'repository.list': command(inOrganization, listRepositories),
};
