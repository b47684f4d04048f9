/** Opens the card of an account over whatever is on screen; the value is the account's id. */
export const OPEN_ACCOUNT = 'account.open';
