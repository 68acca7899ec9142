/** How long a password that a colleague was told opens the door, to be replaced. */
export const ONE_TIME_DAYS = 7;
