/** The operations that Specmatic leaves out, each with the reason; jest tests them all. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  logIn: 'a generated email and password belong to no user and are rightly refused',
  refreshTokens: 'a refresh token can be used once, and each scenario would need its own',
  createReview: 'a product has one review of the person who asks, and each scenario would need its own',
  patchReview: 'nobody decides on their own review, and only its author changes the words',
  changePassword: 'needs the present password, and ends the session that asks',
};
