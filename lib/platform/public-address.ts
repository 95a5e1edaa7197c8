import { BlockList, isIP } from 'node:net';

/** Networks in which no stranger's server is: a machine's own, private ones, the cloud's own services, tests, multicast. */
const inner = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];

const blocked = new BlockList();
for (const network of inner) blocked.addSubnet(...subnetOf(network), 'ipv4');

/** Of the addresses of IPv6 those in 2000::/3 are public, but for these. */
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');
const reserved = new BlockList();
// Documentation, Teredo and 6to4, which lead to addresses of IPv4 that nobody looked at.
for (const network of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) {
  reserved.addSubnet(...subnetOf(network), 'ipv6');
}

/** Whether an IP address is one of the public internet; what is no address is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !blocked.check(address, 'ipv4');
  return family === 6 && global.check(address, 'ipv6') && !reserved.check(address, 'ipv6');
}

/** Names that only mean something within a network. */
const innerNames =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa|test|invalid|onion)$/u;

/**
 * Whether the host of an address may be one of the public internet, as far as its name tells. What a name leads to is known
 * only when it is asked for: check `isPublicAddress` again then.
 */
export function mayBePublicHost(url: URL): boolean {
  const host = url.hostname
    .replace(/^\[|\]$/gu, '')
    .replace(/\.$/u, '')
    .toLowerCase();
  if (isIP(host) !== 0) return isPublicAddress(host);
  return host.includes('.') && !innerNames.test(host);
}

function subnetOf(network: string): [string, number] {
  const [address = '', bits] = network.split('/');
  return [address, Number(bits)];
}
