{
  "targets": [
    {
      "target_name": "crc",
      "sources": ["src/crc.cc"],
      "include_dirs": ["<!(node -p \"require('node-addon-api').include_dir\")"],
      "defines": ["NAPI_DISABLE_CPP_EXCEPTIONS"],
      "conditions": [
        ["OS=='mac'", { "xcode_settings": { "OTHER_CFLAGS": ["-O3"], "MACOSX_DEPLOYMENT_TARGET": "<!(sw_vers -productVersion | cut -d. -f1)" } }],
        ["target_arch=='x64'", { "cflags": ["-msse4.2", "-O3"] }],
        ["OS=='linux'", { "libraries": ["<!@(pkg-config --libs zlib)"] }]
      ]
    }
  ]
}
