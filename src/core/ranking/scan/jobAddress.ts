/** Where a memory keeps the job of the scan that runs on it, in its first page. */
export const jobAddress = 1024;
