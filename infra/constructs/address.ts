import { Stack } from 'aws-cdk-lib';
import { DomainName, EndpointType, type RestApi, SecurityPolicy } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct } from 'constructs';
import { CloudFront } from './cloud-front.ts';

/** How the API can be reached: at its own address, through CloudFront, or at a domain with a certificate of the stack's region. */
export type AddressChoice =
  | { readonly kind: 'own' }
  | { readonly kind: 'cloudFront' }
  | { readonly kind: 'domain'; readonly domainName: string; readonly certificateArn: string };

/**
 * Reads the choice from the context values `domainName` and `certificateArn`, or `cloudFront=true`.
 * Throws when a domain comes without a certificate or the other way round, or when both are chosen.
 */
export function addressChoice(scope: Construct): AddressChoice {
  const context = (key: string): unknown => scope.node.tryGetContext(key);
  const [domainName, certificateArn] = [context('domainName'), context('certificateArn')];
  const cloudFront = String(context('cloudFront')) === 'true';
  if (domainName === undefined && certificateArn === undefined) {
    return { kind: cloudFront ? 'cloudFront' : 'own' };
  }
  if (typeof domainName !== 'string' || typeof certificateArn !== 'string') {
    throw new Error('A custom domain needs both: -c domainName=… and -c certificateArn=…');
  }
  if (cloudFront) {
    throw new Error('A custom domain and -c cloudFront=true exclude each other: choose one.');
  }
  return { kind: 'domain', domainName, certificateArn };
}

export interface AddressProps {
  readonly restApi: RestApi;
  /** As text: a reference would make functions wait for the stage, which waits for the functions. */
  readonly stageName: string;
  readonly choice: AddressChoice;
}

/** Where people and clients reach the API. sentry-cli takes no address with a path, and the API's own one has the stage in it. */
export class Address extends Construct {
  readonly url: string;
  /** What the custom domain's CNAME (or alias) record must point to; undefined without a custom domain. */
  readonly domainTarget: string | undefined;

  constructor(scope: Construct, id: string, { restApi, stageName, choice }: AddressProps) {
    super(scope, id);
    const { region, urlSuffix } = Stack.of(this);
    const host = `${restApi.restApiId}.execute-api.${region}.${urlSuffix}`;
    if (choice.kind === 'domain') {
      const domain = new DomainName(this, 'DomainName', {
        domainName: choice.domainName,
        certificate: Certificate.fromCertificateArn(this, 'Certificate', choice.certificateArn),
        endpointType: EndpointType.REGIONAL,
        securityPolicy: SecurityPolicy.TLS_1_2,
      });
      domain.addBasePathMapping(restApi);
      this.url = `https://${choice.domainName}`;
      this.domainTarget = domain.domainNameAliasDomainName;
    } else if (choice.kind === 'cloudFront') {
      this.url = `https://${new CloudFront(this, 'CloudFront', { host, path: `/${stageName}` }).domainName}`;
    } else {
      this.url = `https://${host}/${stageName}`;
    }
  }
}
