{
  "variables": { "openssl_fips": "" },
  "targets": [
    {
      "target_name": "levelstore",
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      "dependencies": ["<!(node -p \"require('node-addon-api').gyp\")"],
      "sources": ["binding.cc"],
      "conditions": [["OS=='linux'", { "cflags": ["<!@(pkg-config --cflags zlib)"], "libraries": ["<!@(pkg-config --libs zlib)"] }]]
    }
  ]
}
