import { Duration, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  OriginSslPolicy,
  PriceClass,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Construct } from 'constructs';

/** An address without a path for those who have no domain: it caches nothing and passes everything on. */
export class CloudFront extends Construct {
  readonly domainName: string;

  constructor(scope: Construct, id: string, props: { readonly host: string; readonly path: string }) {
    super(scope, id);
    const distribution = new Distribution(this, 'Distribution', {
      comment: 'postflow: puts the stage into the path, because sentry-cli cannot.',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      defaultBehavior: {
        origin: new HttpOrigin(props.host, {
          originPath: props.path,
          protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
          originSslProtocols: [OriginSslPolicy.TLS_V1_2],
          // A second more than API Gateway waits for a function.
          readTimeout: Duration.seconds(30),
        }),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        // API Gateway knows itself by its own host name only.
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      },
    });
    Validations.of(distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'Builds, SDKs and Slack call from anywhere; an installation for one country can add the restriction.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason: 'A web ACL costs more a month than all the rest when idle; docs/deploy.md says how to add one.',
      },
      {
        id: 'AwsSolutions-CFR3',
        reason:
          'API Gateway writes an access log of every request that gets here, without the paths that carry signed links.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          'CloudFront sets the oldest TLS version itself as long as its own certificate is used; a custom domain has 1.2.',
      },
    );
    this.domainName = distribution.distributionDomainName;
  }
}
