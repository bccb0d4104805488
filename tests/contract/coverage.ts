/** The operations that are left out, each with the reason; jest tests them all. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  logIn: 'a generated email and password are nobody’s, and rightly refused',
  refreshTokens: 'a refresh token can be used once, and each scenario would need its own',
  changePassword: 'needs the present password, and ends the session that asks',
};
