{
  "variables": {
    "vips_version": "<!(node -p \"require('./lib/libvips').minimumLibvipsVersion\")",
    "platform_and_arch": "<!(node -p \"require('./lib/libvips').platformArch()\")"
  },
  "targets": [{
    "target_name": "imgcore-<(platform_and_arch)",
    "defines": ["NAPI_VERSION=8", "NODE_ADDON_API_DISABLE_DEPRECATED"],
    "dependencies": ["<!(node -p \"require('node-addon-api').gyp\")"],
    "include_dirs": ["<!@(node -p \"require('node-addon-api').include\")"],
    "sources": ["src/pipeline.cc", "src/metadata.cc"],
    "conditions": [
      ["OS != 'win'", { "libraries": ["<!@(PKG_CONFIG_PATH=\"<!(node -p \"require('./lib/libvips').pkgConfigPath()\")\" pkg-config --libs vips-cpp)"] }]
    ]
  }]
}
