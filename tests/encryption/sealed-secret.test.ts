import { openSecret, sealSecret } from '../../src/encryption/sealed-secret';

const JWT_SECRET = 'nOr/SuuisSsEJk0n1/ij4fUUmcLk0rWNvgqsk+e/Z9KN69ZI';
const [OLD, NEW] = ['old key old key old key old key 32', 'new key new key new key new key 32'];

test('opens a secret with the key that sealed it, after further keys came before it', () => {
  const settings = { ENCRYPTION_KEYS: '', JWT_SECRET };
  const sealed = sealSecret(settings, 'whsec_x', 'a');
  expect(sealed).not.toContain('whsec');
  expect(openSecret({ ENCRYPTION_KEYS: `${NEW},${OLD}`, JWT_SECRET }, sealed, 'a')).toBe('whsec_x');
  const byOld = sealSecret({ ENCRYPTION_KEYS: OLD, JWT_SECRET }, 'whsec_y', 'a');
  expect(openSecret({ ENCRYPTION_KEYS: `${NEW},${OLD}`, JWT_SECRET: 'x' }, byOld, 'a')).toBe('whsec_y');
  expect(() => openSecret({ ENCRYPTION_KEYS: NEW, JWT_SECRET }, byOld, 'a')).toThrow('No key of ENCRYPTION_KEYS');
});

test('opens no secret of another owner, and none that was changed', () => {
  const settings = { ENCRYPTION_KEYS: NEW, JWT_SECRET };
  const sealed = sealSecret(settings, 'whsec_x', 'a');
  expect(() => openSecret(settings, sealed, 'b')).toThrow();
  const [id, text = ''] = sealed.split('.');
  expect(() => openSecret(settings, `${id}.${text.slice(0, -2)}${text.endsWith('AA') ? 'BB' : 'AA'}`, 'a')).toThrow();
});

test('knows a key again, whatever white space stands around it', () => {
  const sealed = sealSecret({ ENCRYPTION_KEYS: ` ${OLD} , ${NEW}`, JWT_SECRET }, 'whsec_x', 'a');
  expect(openSecret({ ENCRYPTION_KEYS: `${NEW},${OLD}`, JWT_SECRET }, sealed, 'a')).toBe('whsec_x');
});
