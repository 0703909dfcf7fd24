// `npm install` at the root would "succeed" without the workspace's packages and leave a lockfile behind.
if (!(process.env.npm_config_user_agent ?? "").startsWith("pnpm/")) {
  console.error(
    "This is a pnpm workspace: run `npm test` or `npm run demo` (both install what they need), or `npx pnpm@12.21.0 install`.",
  );
  process.exit(1);
}
