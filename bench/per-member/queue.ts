export const PER_MEMBER_QUEUE = "per-member";
