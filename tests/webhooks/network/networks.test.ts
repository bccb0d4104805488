import { isAllowedAddress, parseNetworks } from '../../../src/webhooks/network/networks';

test.each(['8.8.8.8', '1.1.1.1', '2001:4860:4860::8888', '2a00:1450:4001::1', '::ffff:8.8.8.8'])(
  'sends to %s, a public address',
  (address) => {
    expect(isAllowedAddress(address, [])).toBe(true);
  },
);

test.each([
  ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254', '172.16.0.1', '192.168.1.1'],
  ...['192.0.0.1', '192.0.2.1', '192.88.99.1', '198.18.0.1', '198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::7f00:1', '::ffff:127.0.0.1', '::ffff:a9fe:a9fe', '64:ff9b::7f00:1', '64:ff9b:1::a00:1', '100::1', '2001::1'],
  ...[
    '2001:db8::1',
    '2002:7f00:1::',
    '3fff::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '4000::1',
  ],
])('refuses %s', (address) => {
  expect(isAllowedAddress(address, [])).toBe(false);
});

test('sends to private addresses of the networks that the shop allows, and to no other', () => {
  const networks = parseNetworks('10.1.0.0/16, fd00:1::/32');
  const addresses = ['10.1.2.3', '::ffff:10.1.2.3', 'fd00:1::5', '10.2.0.1', 'fd00:2::1', '::1'];
  expect(addresses.map((address) => isAllowedAddress(address, networks))).toEqual([true, true, true, false, false, false]);
});
