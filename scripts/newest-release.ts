import { gt, prerelease, rcompare, satisfies } from 'semver';

/** One version of a package, as `npm view` tells of it. */
export interface Release {
  readonly version: string;
  readonly engines?: { readonly node?: string };
}

/** Returns the newest version above the current one that runs on this version of Node; a stable version is followed by stable ones only. */
export function newestRelease(current: string, releases: readonly Release[], nodeVersion: string): string | undefined {
  return releases
    .filter(({ version }) => gt(version, current) && (prerelease(version) === null || prerelease(current) !== null))
    .filter(({ engines }) => satisfies(nodeVersion, engines?.node ?? '*'))
    .map(({ version }) => version)
    .sort(rcompare)[0];
}
