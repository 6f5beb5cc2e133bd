; The Windows installer: for one person, without administrator rights. packaging/windows/installer.py
; compiles it and gives it these:
;   VERSION, VERSION_OF_FOUR (1.2.3 and 1.2.3.0), SOURCE (the built folder), OUTPUT, ICON,
;   SIZE_KB (installed), LONGEST (characters of the longest path below SOURCE),
;   WINDOW_PROGRAM, CONSOLE_PROGRAM (names without .exe), DRAFT_EXTENSION (with its dot, may be
;   missing), SIGN (the command that signs a file, may be missing), TARGET (of NSIS; x86-unicode runs on
;   every Windows, if only to say why not), QUICK (packed less and soon made, may be missing)
;
; Silent: NAME.exe /S [/D=C:\folder]  and  Uninstall.exe /S [/DELETEDETAILS] [_?=C:\folder]
; Exit status: 0 done, 1 cancelled, 2 a file could not be written, 3 not this Windows, 4 the program is
; open, 5 the folder can't be used.
;
; A bundle is two programs and the folder _internal, and nothing else: these names are all that
; an installation, an upgrade or a removal touches in a folder that someone chose.

Unicode true
Target ${TARGET}
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
SetDateSave off        ; the same build gives the same installer
AllowSkipFiles off     ; an installation with a file left out is not one
CRCCheck force

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh

!define PRODUCT "UbiQuity S3 Connection Setup"
!define PUBLISHER "UbiQuity"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\UbiQuityS3ConnectionSetup"
!define PATHS_KEY "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define DRAFT_CLASS "UbiQuity.S3ConnectionSetup.Draft"
!define SHORTCUT "$SMPROGRAMS\${PRODUCT}.lnk"
!define DETAILS "$LOCALAPPDATA\UbiQuity\${PRODUCT}" ; app/system/session_file.py, data_folder
!define LONGEST_PATH 259 ; of Windows, unless each program and the computer allow more

!define NOT_THIS_WINDOWS 3
!define IS_OPEN 4
!define NOT_THIS_FOLDER 5

Name "${PRODUCT}"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\${PRODUCT}"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
BrandingText "${PRODUCT} ${VERSION}"
Caption "${PRODUCT} ${VERSION}"
UninstallCaption "${PRODUCT} ${VERSION}"
!ifdef SIGN
  !finalize '${SIGN} "%1"' = 0
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

VIProductVersion "${VERSION_OF_FOUR}"
VIFileVersion "${VERSION_OF_FOUR}"
VIAddVersionKey /LANG=0 "ProductName" "${PRODUCT}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${PRODUCT}: installer"
VIAddVersionKey /LANG=0 "CompanyName" "${PUBLISHER}"
VIAddVersionKey /LANG=0 "LegalCopyright" "${PUBLISHER}"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW_PROGRAM}.exe"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE RefuseFolder

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
UninstPage custom un.AskAboutDetails un.HearAboutDetails
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English" ; the first is for whoever has none of them
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "SpanishInternational"
!insertmacro MUI_LANGUAGE "Japanese"
!insertmacro MUI_LANGUAGE "Arabic"
!include "${__FILEDIR__}\strings.nsh"

Var DeleteDetails ; of the uninstaller: 1 where they go too
Var KeepThem
Var DeleteThem

; ---------------------------------------------------------------- the program is not open

; A program that runs can't be opened for writing; nothing is written. "IsOpen" is 1 if one runs.
!macro LookWhetherOpen PROGRAM
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}.exe"
    ClearErrors
    FileOpen $1 "$INSTDIR\${PROGRAM}.exe" a
    ${If} ${Errors}
      StrCpy $0 1
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
!macroend

; Returns once it is closed. It may be in the middle of changing an AWS account: it is never ended
; from here, the person is asked to.
!macro WaitUntilClosed
  ${Do}
    StrCpy $0 0
    !insertmacro LookWhetherOpen "${WINDOW_PROGRAM}"
    !insertmacro LookWhetherOpen "${CONSOLE_PROGRAM}"
    ${If} $0 = 0
      ${ExitDo}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IsOpen)" /SD IDCANCEL IDCANCEL`
      SetErrorLevel ${IS_OPEN}
      Quit
    ${EndIf}
  ${Loop}
!macroend

; ---------------------------------------------------------------- installing

Function .onInit
  SetShellVarContext current
  StrCpy $0 0
  ${If} ${AtLeastWin10}
    ${If} ${IsNativeAMD64}
      StrCpy $0 1
    ${ElseIf} ${IsNativeARM64}
    ${AndIf} ${AtLeastBuild} 22000 ; Windows 11: there it runs programs for x86-64
      StrCpy $0 1
    ${EndIf}
  ${EndIf}
  ${If} $0 = 0
    MessageBox MB_OK|MB_ICONSTOP "$(NotThisWindows)" /SD IDOK
    SetErrorLevel ${NOT_THIS_WINDOWS}
    Quit
  ${EndIf}
  ReadRegStr $0 HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $0 != ""
    ${VersionCompare} "$0" "${VERSION}" $1
    ${If} $1 = 1
      ${If} ${Cmd} `MessageBox MB_YESNO|MB_ICONQUESTION "$(NewerIsThere)" /SD IDYES IDNO`
        SetErrorLevel 1
        Quit
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ${If} ${Silent}
    Call RefuseFolder
  ${EndIf}
FunctionEnd

; Leaves the page only with a folder that can hold the program.
Function RefuseFolder
  StrCpy $2 ""
  StrLen $0 "$INSTDIR"
  IntOp $0 $0 + ${LONGEST}
  ${If} $0 >= ${LONGEST_PATH}
    StrCpy $2 "$(PathTooLong)"
  ${ElseIf} ${FileExists} "$INSTDIR\_internal\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${CONSOLE_PROGRAM}.exe"
    StrCpy $2 "$(FolderOfAnother)"
  ${EndIf}
  ${If} $2 != ""
    MessageBox MB_OK|MB_ICONEXCLAMATION "$2" /SD IDOK
    ${If} ${Silent}
      SetErrorLevel ${NOT_THIS_FOLDER}
      Quit
    ${EndIf}
    Abort
  ${EndIf}
FunctionEnd

; What is there is put aside whole and deleted last: a version that can't be put in place leaves the
; one before, and no file of an older version is left among the new ones.
!macro PutAside NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}"
    ClearErrors
    Rename "$INSTDIR\${NAME}" "$INSTDIR\${NAME}.old"
    ${If} ${Errors}
      Call PutBack
      MessageBox MB_OK|MB_ICONEXCLAMATION "$(IsOpen)" /SD IDOK
      SetErrorLevel ${IS_OPEN}
      Quit
    ${EndIf}
  ${EndIf}
!macroend

!macro TakeBack NAME
  ${If} ${FileExists} "$INSTDIR\${NAME}.old"
    RMDir /r "$INSTDIR\${NAME}" ; a file or a folder
    Delete "$INSTDIR\${NAME}"
    Rename "$INSTDIR\${NAME}.old" "$INSTDIR\${NAME}"
  ${EndIf}
!macroend

; Leaves what is not a folder of the program's alone: a name that nobody else uses.
!macro DeleteOld
  RMDir /r "$INSTDIR\_internal.old"
  Delete "$INSTDIR\${WINDOW_PROGRAM}.exe.old"
  Delete "$INSTDIR\${CONSOLE_PROGRAM}.exe.old"
!macroend

Function PutBack
  !insertmacro TakeBack "_internal"
  !insertmacro TakeBack "${WINDOW_PROGRAM}.exe"
  !insertmacro TakeBack "${CONSOLE_PROGRAM}.exe"
FunctionEnd

Function .onInstFailed
  SetOutPath "$TEMP"
  ${If} ${FileExists} "$INSTDIR\_internal.old"
    Call PutBack
  ${Else}
    RMDir /r "$INSTDIR\_internal"
    Delete "$INSTDIR\${WINDOW_PROGRAM}.exe"
    Delete "$INSTDIR\${CONSOLE_PROGRAM}.exe"
    RMDir "$INSTDIR"
  ${EndIf}
FunctionEnd

Section
  SetShellVarContext current
  !insertmacro WaitUntilClosed
  ${If} ${FileExists} "$INSTDIR\_internal"
    !insertmacro DeleteOld ; of an upgrade that was broken off
  ${EndIf}
  !insertmacro PutAside "_internal"
  !insertmacro PutAside "${WINDOW_PROGRAM}.exe"
  !insertmacro PutAside "${CONSOLE_PROGRAM}.exe"

  SetOutPath "$INSTDIR"
  File /r "${SOURCE}\*.*"
  WriteUninstaller "$INSTDIR\Uninstall.exe"
  SetOutPath "$INSTDIR" ; what shortcuts start in
  !insertmacro DeleteOld

  CreateShortcut "${SHORTCUT}" "$INSTDIR\${WINDOW_PROGRAM}.exe" "" "$INSTDIR\${WINDOW_PROGRAM}.exe" 0 \
    SW_SHOWNORMAL "" "$(Purpose)"
  ; For Windows+R and "start ubiquity-s3-setup": the path of the account stays as it is.
  WriteRegStr HKCU "${PATHS_KEY}\${CONSOLE_PROGRAM}.exe" "" "$INSTDIR\${CONSOLE_PROGRAM}.exe"

!ifdef DRAFT_EXTENSION
  WriteRegStr HKCU "Software\Classes\${DRAFT_CLASS}" "" "$(DraftType)"
  WriteRegStr HKCU "Software\Classes\${DRAFT_CLASS}\DefaultIcon" "" "$INSTDIR\${WINDOW_PROGRAM}.exe,0"
  WriteRegStr HKCU "Software\Classes\${DRAFT_CLASS}\shell\open\command" "" \
    '"$INSTDIR\${WINDOW_PROGRAM}.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\${DRAFT_EXTENSION}\OpenWithProgids" "${DRAFT_CLASS}" ""
  WriteRegStr HKCU "Software\Classes\${DRAFT_EXTENSION}" "" "${DRAFT_CLASS}"
  ${RefreshShellIcons}
!endif

  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${PRODUCT}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_PROGRAM}.exe,0"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${PUBLISHER}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${SIZE_KB}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

; ---------------------------------------------------------------- removing

Function un.onInit
  SetShellVarContext current
  StrCpy $DeleteDetails 0
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DELETEDETAILS" $1
  ${IfNot} ${Errors}
    StrCpy $DeleteDetails 1
  ${EndIf}
FunctionEnd

Function un.AskAboutDetails
  ${IfNot} ${FileExists} "${DETAILS}\*.*"
    Abort ; there is nothing to ask about
  ${EndIf}
  !insertmacro MUI_HEADER_TEXT "$(DetailsTitle)" "$(DetailsQuestion)"
  nsDialogs::Create 1018
  Pop $0
  nsDialogs::SetRTL $(^RTL)
  ${NSD_CreateLabel} 0 0 100% 40u "$(DetailsAre)"
  Pop $0
  ${NSD_CreateRadioButton} 0 48u 100% 12u "$(DetailsKeep)"
  Pop $KeepThem
  ${NSD_CreateRadioButton} 0 64u 100% 12u "$(DetailsDelete)"
  Pop $DeleteThem
  ${NSD_CreateLabel} 0 84u 100% 40u "$(DetailsWarning)"
  Pop $0
  ${If} $DeleteDetails = 1
    ${NSD_Check} $DeleteThem
  ${Else}
    ${NSD_Check} $KeepThem
  ${EndIf}
  nsDialogs::Show
FunctionEnd

Function un.HearAboutDetails
  ${NSD_GetState} $DeleteThem $0
  StrCpy $DeleteDetails 0
  ${If} $0 = ${BST_CHECKED}
    StrCpy $DeleteDetails 1
  ${EndIf}
FunctionEnd

Section "Uninstall"
  ${IfNot} ${FileExists} "$INSTDIR\${CONSOLE_PROGRAM}.exe"
    ; Copied elsewhere and started there: nothing in that folder is ours.
    MessageBox MB_OK|MB_ICONSTOP "$(FolderOfAnother)" /SD IDOK
    SetErrorLevel ${NOT_THIS_FOLDER}
    Quit
  ${EndIf}
  !insertmacro WaitUntilClosed
  ${If} $DeleteDetails = 1
    ; The sign-ins that were kept lie in Windows' own store, which the program knows.
    nsExec::Exec '"$INSTDIR\${CONSOLE_PROGRAM}.exe" forget'
    Pop $0
    RMDir /r "${DETAILS}"
    RMDir "$LOCALAPPDATA\UbiQuity" ; stays where anything else is in it
  ${EndIf}

  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${WINDOW_PROGRAM}.exe"
  Delete "$INSTDIR\${CONSOLE_PROGRAM}.exe"
  !insertmacro DeleteOld
  Delete "$INSTDIR\Uninstall.exe"
  RMDir "$INSTDIR" ; stays where anything else is in it

  Delete "${SHORTCUT}"
  DeleteRegKey HKCU "${PATHS_KEY}\${CONSOLE_PROGRAM}.exe"
!ifdef DRAFT_EXTENSION
  DeleteRegKey HKCU "Software\Classes\${DRAFT_CLASS}"
  DeleteRegValue HKCU "Software\Classes\${DRAFT_EXTENSION}\OpenWithProgids" "${DRAFT_CLASS}"
  DeleteRegKey /ifempty HKCU "Software\Classes\${DRAFT_EXTENSION}\OpenWithProgids"
  ReadRegStr $0 HKCU "Software\Classes\${DRAFT_EXTENSION}" ""
  ${If} $0 == "${DRAFT_CLASS}" ; else another program's by now
    DeleteRegValue HKCU "Software\Classes\${DRAFT_EXTENSION}" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "Software\Classes\${DRAFT_EXTENSION}"
  ${un.RefreshShellIcons}
!endif
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
SectionEnd
