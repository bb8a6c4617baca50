import { readBunLockfile } from '../../../../server/src/core/read/lockfile/bun/read-bun-lockfile.ts';

const BUN_URI = 'file:///workspace/bun.lock';

export function readBun(text: string) {
  return readBunLockfile(BUN_URI, text);
}

/** A bun.lock as Bun 1.4 prints it, with every kind of tuple, nested keys, catalogs, nested overrides and patches. */
export const BUN_LOCK = `{
  "lockfileVersion": 3,
  "configVersion": 1,
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": {
        "@my/alias": "npm:ms@2.1.2",
        "debug": "4.3.4",
        "foldered": "file:local/folder",
        "gitty": "github:owner/gitty#main",
        "linked": "link:linked",
        "member": "workspace:*",
        "mirrored": "1.0.0",
        "remote": "https://files.example.test/remote-1.0.0.tgz",
        "shop": "workspace:*",
        "tarred": "./t.tgz",
        "wrappy": "catalog:",
      },
      "devDependencies": {
        "esbuild": "0.21.5",
      },
      "optionalDependencies": {
        "fsevents": "2.3.3",
      },
      "peerDependencies": {
        "react": "18.2.0",
      },
    },
    "packages/member": {
      "name": "member",
      "version": "1.2.3",
      "bin": "x.js",
      "dependencies": {
        "@s/other": "workspace:*",
        "ms": "0.7.1",
      },
      "peerDependencies": {
        "lodash": "*",
      },
      "optionalPeers": [
        "lodash",
      ],
    },
    "packages/other": {
      "name": "@s/other",
      "dependencies": {
        "debug": "2.6.9",
      },
    },
  },
  "trustedDependencies": [
    "esbuild",
  ],
  "patchedDependencies": {
    "ms@2.1.3": "patches/ms.patch",
  },
  "overrides": {
    "debug": {
      "ms": "2.1.2",
    },
    "left-pad": "1.3.0",
  },
  "catalog": {
    "wrappy": "^1.0.2",
  },
  "catalogs": {
    "old": {
      "once": "1.3.0",
    },
  },
  "packages": {
    "@esbuild/linux-x64": ["@esbuild/linux-x64@0.21.5", "", { "os": "linux", "cpu": ["x64", "arm64"] }, "sha512-ESBL=="],

    "@my/alias": ["ms@2.1.2", "", {}, "sha512-MS212=="],

    "@s/other": ["@s/other@workspace:packages/other"],

    "debug": ["debug@4.3.4", "", { "dependencies": { "ms": "2.1.2" }, "peerDependencies": { "supports-color": "*" }, "optionalPeers": ["supports-color"] }, "sha512-DBG4=="],

    "esbuild": ["esbuild@0.21.5", "", { "optionalDependencies": { "@esbuild/linux-x64": "0.21.5" }, "hasInstallScript": true, "bin": { "esbuild": "bin/esbuild" } }, "sha512-ESB=="],

    "foldered": ["foldered@file:local/folder", { "dependencies": { "ms": "2.1.3" } }],

    "fsevents": ["fsevents@2.3.3", "", { "os": "darwin" }, "sha512-FSE=="],

    "gitty": ["gitty@github:owner/gitty#51164ef", { "dependencies": { "ms": "2.1.3" } }, "owner-gitty-51164ef", "sha512-GIT=="],

    "linked": ["linked@link:linked", {}],

    "loose-envify": ["loose-envify@1.4.0", "", { "bundled": true }, "sha512-LOO=="],

    "member": ["member@workspace:packages/member"],

    "mirrored": ["mirrored@1.0.0", "https://mirror.example.test/mirrored/-/mirrored-1.0.0.tgz", {}, "sha512-MIR=="],

    "ms": ["ms@2.1.3", "", {}, "sha512-MS213=="],

    "react": ["react@18.2.0", "", { "dependencies": { "loose-envify": "^1.1.0" } }, "sha512-REA=="],

    "remote": ["isarray@https://files.example.test/remote-1.0.0.tgz", {}, "sha512-REM=="],

    "shop": ["shop@root:", {}],

    "tarred": ["tarred@./t.tgz", { "dependencies": { "ms": "2.1.3" } }, "sha512-TAR=="],

    "wrappy": ["wrappy@1.0.2", "", {}, ""],

    "@s/other/debug": ["debug@2.6.9", "", { "dependencies": { "ms": "2.0.0" } }, "sha512-DBG2=="],

    "debug/ms": ["ms@2.1.2", "", {}, "sha512-MS212=="],

    "member/ms": ["ms@0.7.1", "", {}, "sha512-MS071=="],

    "@s/other/debug/ms": ["ms@2.0.0", "", {}, "sha512-MS200=="],
  }
}
`;
