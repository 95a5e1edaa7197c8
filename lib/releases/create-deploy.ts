import type { App } from '../platform/app.ts';
import type { DeployBody } from './deploy-body.ts';
import { projectsOfDeploy } from './deploy-projects.ts';
import { type ReleaseAddressed, requireRelease } from './find-release.ts';
import { notifyIfReady, type TellDeployApp } from './notify-deploy.ts';
import type { DeployJson } from './release-json.ts';
import { saveDeploy } from './save-deploy.ts';
import { serializeDeploy } from './serialize-release.ts';

/**
 * Records that a release was deployed to an environment, for the project in the address, for those that the body names, or
 * for all projects of the release that the caller reaches; then tells the projects of it, or leaves that to whoever brings the commits.
 * @throws NotFoundError, ForbiddenError, InvalidParametersError; all before anything is written
 */
export async function createDeploy(
  app: Pick<App, 'ids'> & TellDeployApp,
  request: ReleaseAddressed & { readonly body: DeployBody },
): Promise<DeployJson> {
  const { body, project } = request;
  const { release, reached } = await requireRelease(app, request);
  const named = project === undefined ? body.projects : [project];
  const concerned = projectsOfDeploy(release.version, reached, named);
  const deploy = await saveDeploy(app, release, {
    environment: body.environment,
    ...(body.name && { name: body.name }),
    ...(body.url && { url: body.url }),
    ...(body.dateStarted && { dateStarted: body.dateStarted }),
    ...(body.dateFinished && { dateFinished: body.dateFinished }),
    named,
    projectIds: concerned.map(({ id }) => id),
  });
  const { organization, version } = release;
  await notifyIfReady(app, { organization, version, deployId: deploy.id });
  return serializeDeploy(deploy);
}
