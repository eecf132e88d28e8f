import { expect, it } from 'vitest';
import { loadCatalog } from '../../src/catalog/catalog.js';

it('takes what an IAM Identity Center token authorizes for needing no IAM permission', async () => {
  const catalog = await loadCatalog();
  for (const [source, name] of [
    ['sso', 'GetRoleCredentials'],
    ['sso', 'ListAccountRoles'],
    ['sso', 'ListAccounts'],
    ['sso', 'Logout'],
    ['sso-oauth', 'CreateToken'],
    ['sso-oauth', 'RegisterClient'],
    ['sso-oauth', 'StartDeviceAuthorization'],
  ] as const) {
    expect(catalog.indexOf(`${source}:${name}`), `${source}:${name} is an action`).toBeUndefined();
    expect(catalog.mapEvent(`${source}.amazonaws.com`, name).kind).toBe('no-permission');
  }
  expect(catalog.mapEvent('sso-oauth.amazonaws.com', 'CreateTokenWithIAM').kind).toBe('actions');
});
