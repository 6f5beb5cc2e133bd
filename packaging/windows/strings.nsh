; What the installer says of its own, beside NSIS's words. Machine-made but for English: not yet read
; by a native speaker. One LangString for each language and name; $0 is filled in.

!macro Say LANGUAGE NAME TEXT
  LangString ${NAME} ${LANG_${LANGUAGE}} "${TEXT}"
!macroend
!macro SayInSpanish NAME TEXT
  !insertmacro Say SPANISH ${NAME} "${TEXT}"
  !insertmacro Say SPANISHINTERNATIONAL ${NAME} "${TEXT}"
!macroend

!insertmacro Say ENGLISH NotThisWindows "${PRODUCT} needs 64-bit Windows 10 or later. This computer has another Windows, so nothing was installed."
!insertmacro Say GERMAN NotThisWindows "${PRODUCT} braucht Windows 10 oder neuer in der 64-Bit-Version. Dieser Computer hat ein anderes Windows, deshalb wurde nichts installiert."
!insertmacro Say FRENCH NotThisWindows "${PRODUCT} nécessite Windows 10 64 bits ou une version ultérieure. Cet ordinateur a un autre Windows : rien n’a été installé."
!insertmacro SayInSpanish NotThisWindows "${PRODUCT} necesita Windows 10 de 64 bits o posterior. Este equipo tiene otro Windows, así que no se ha instalado nada."
!insertmacro Say JAPANESE NotThisWindows "${PRODUCT} には 64 ビット版の Windows 10 以降が必要です。このコンピューターの Windows では使えないため、何もインストールしませんでした。"
!insertmacro Say ARABIC NotThisWindows "يحتاج ${PRODUCT} إلى Windows 10 أو أحدث بإصدار 64 بت. نظام Windows على هذا الكمبيوتر مختلف، لذلك لم يُثبَّت أي شيء."

!insertmacro Say ENGLISH NewerIsThere "Version $0 is installed, which is newer than this one (${VERSION}). Put the older version in its place?"
!insertmacro Say GERMAN NewerIsThere "Version $0 ist installiert und neuer als diese (${VERSION}). Durch die ältere Version ersetzen?"
!insertmacro Say FRENCH NewerIsThere "La version $0 installée est plus récente que celle-ci (${VERSION}). La remplacer par l’ancienne version ?"
!insertmacro SayInSpanish NewerIsThere "La versión instalada, $0, es más reciente que esta (${VERSION}). ¿Sustituirla por la versión anterior?"
!insertmacro Say JAPANESE NewerIsThere "このバージョン (${VERSION}) より新しいバージョン $0 がインストールされています。古いバージョンに置き換えますか？"
!insertmacro Say ARABIC NewerIsThere "الإصدار المثبَّت $0 أحدث من هذا الإصدار (${VERSION}). هل تريد استبداله بالإصدار الأقدم؟"

!insertmacro Say ENGLISH IsOpen "${PRODUCT} is open. Let it finish what it is doing, close its windows, then try again."
!insertmacro Say GERMAN IsOpen "${PRODUCT} ist geöffnet. Lassen Sie es fertig werden, schließen Sie seine Fenster und versuchen Sie es dann erneut."
!insertmacro Say FRENCH IsOpen "${PRODUCT} est ouvert. Laissez-le terminer, fermez ses fenêtres, puis réessayez."
!insertmacro SayInSpanish IsOpen "${PRODUCT} está abierto. Deje que termine, cierre sus ventanas y vuelva a intentarlo."
!insertmacro Say JAPANESE IsOpen "${PRODUCT} が開いています。処理が終わるのを待ってウィンドウを閉じ、もう一度お試しください。"
!insertmacro Say ARABIC IsOpen "${PRODUCT} مفتوح. دعه يُنهِ ما يقوم به، وأغلق نوافذه، ثم أعد المحاولة."

!insertmacro Say ENGLISH PathTooLong "The path of this folder is too long for Windows. Choose a folder with a shorter path."
!insertmacro Say GERMAN PathTooLong "Der Pfad dieses Ordners ist zu lang für Windows. Wählen Sie einen Ordner mit kürzerem Pfad."
!insertmacro Say FRENCH PathTooLong "Le chemin de ce dossier est trop long pour Windows. Choisissez un dossier dont le chemin est plus court."
!insertmacro SayInSpanish PathTooLong "La ruta de esta carpeta es demasiado larga para Windows. Elija una carpeta con una ruta más corta."
!insertmacro Say JAPANESE PathTooLong "このフォルダーのパスは Windows には長すぎます。パスがもっと短いフォルダーを選んでください。"
!insertmacro Say ARABIC PathTooLong "مسار هذا المجلد أطول مما يسمح به Windows. اختر مجلدًا بمسار أقصر."

!insertmacro Say ENGLISH FolderOfAnother "Another program lies in this folder. Choose a folder of its own for ${PRODUCT}."
!insertmacro Say GERMAN FolderOfAnother "In diesem Ordner liegt ein anderes Programm. Wählen Sie für ${PRODUCT} einen eigenen Ordner."
!insertmacro Say FRENCH FolderOfAnother "Un autre programme se trouve dans ce dossier. Choisissez un dossier réservé à ${PRODUCT}."
!insertmacro SayInSpanish FolderOfAnother "En esta carpeta hay otro programa. Elija una carpeta propia para ${PRODUCT}."
!insertmacro Say JAPANESE FolderOfAnother "このフォルダーには別のプログラムがあります。${PRODUCT} 専用のフォルダーを選んでください。"
!insertmacro Say ARABIC FolderOfAnother "يوجد برنامج آخر في هذا المجلد. اختر مجلدًا مستقلًا لـ ${PRODUCT}."

!insertmacro Say ENGLISH Purpose "Sets up the connection between UbiQuity and your Amazon S3 bucket"
!insertmacro Say GERMAN Purpose "Richtet die Verbindung zwischen UbiQuity und Ihrem Amazon-S3-Bucket ein"
!insertmacro Say FRENCH Purpose "Met en place la connexion entre UbiQuity et votre compartiment Amazon S3"
!insertmacro SayInSpanish Purpose "Configura la conexión entre UbiQuity y su bucket de Amazon S3"
!insertmacro Say JAPANESE Purpose "UbiQuity と Amazon S3 バケットの接続を設定します"
!insertmacro Say ARABIC Purpose "يُعِدّ الاتصال بين UbiQuity وحاوية Amazon S3 الخاصة بك"

!insertmacro Say ENGLISH DraftType "UbiQuity S3 set-up details"
!insertmacro Say GERMAN DraftType "UbiQuity-S3-Verbindungsdaten"
!insertmacro Say FRENCH DraftType "Détails de connexion UbiQuity S3"
!insertmacro SayInSpanish DraftType "Datos de conexión de UbiQuity S3"
!insertmacro Say JAPANESE DraftType "UbiQuity S3 接続情報"
!insertmacro Say ARABIC DraftType "تفاصيل اتصال UbiQuity S3"

!insertmacro Say ENGLISH DetailsTitle "Saved details"
!insertmacro Say GERMAN DetailsTitle "Gespeicherte Angaben"
!insertmacro Say FRENCH DetailsTitle "Données enregistrées"
!insertmacro SayInSpanish DetailsTitle "Datos guardados"
!insertmacro Say JAPANESE DetailsTitle "保存された情報"
!insertmacro Say ARABIC DetailsTitle "التفاصيل المحفوظة"

!insertmacro Say ENGLISH DetailsQuestion "Should they be kept?"
!insertmacro Say GERMAN DetailsQuestion "Sollen sie erhalten bleiben?"
!insertmacro Say FRENCH DetailsQuestion "Faut-il les conserver ?"
!insertmacro SayInSpanish DetailsQuestion "¿Desea conservarlos?"
!insertmacro Say JAPANESE DetailsQuestion "残しておきますか？"
!insertmacro Say ARABIC DetailsQuestion "هل تريد الاحتفاظ بها؟"

!insertmacro Say ENGLISH DetailsAre "On this computer are what you had typed last, your settings, the records of what was changed in AWS, and any sign-in that you let the program keep."
!insertmacro Say GERMAN DetailsAre "Auf diesem Computer liegen Ihre letzten Eingaben, Ihre Einstellungen, die Aufzeichnungen über Änderungen in AWS und jede Anmeldung, die das Programm aufbewahren durfte."
!insertmacro Say FRENCH DetailsAre "Cet ordinateur contient vos dernières saisies, vos réglages, les journaux des modifications faites dans AWS et toute connexion que vous avez laissé le programme conserver."
!insertmacro SayInSpanish DetailsAre "En este equipo están lo último que escribió, sus ajustes, los registros de lo que se cambió en AWS y los inicios de sesión que permitió conservar al programa."
!insertmacro Say JAPANESE DetailsAre "このコンピューターには、最後に入力した内容、設定、AWS で行った変更の記録、プログラムに保存を許可したサインイン情報があります。"
!insertmacro Say ARABIC DetailsAre "على هذا الكمبيوتر آخر ما كتبته، وإعداداتك، وسجلات ما تغيّر في AWS، وأي تسجيل دخول سمحت للبرنامج بالاحتفاظ به."

!insertmacro Say ENGLISH DetailsKeep "&Keep them"
!insertmacro Say GERMAN DetailsKeep "&Behalten"
!insertmacro Say FRENCH DetailsKeep "&Conserver"
!insertmacro SayInSpanish DetailsKeep "&Conservar"
!insertmacro Say JAPANESE DetailsKeep "残す(&K)"
!insertmacro Say ARABIC DetailsKeep "الاحتفاظ بها"

!insertmacro Say ENGLISH DetailsDelete "&Delete them"
!insertmacro Say GERMAN DetailsDelete "&Löschen"
!insertmacro Say FRENCH DetailsDelete "&Supprimer"
!insertmacro SayInSpanish DetailsDelete "&Eliminar"
!insertmacro Say JAPANESE DetailsDelete "削除する(&D)"
!insertmacro Say ARABIC DetailsDelete "حذفها"

!insertmacro Say ENGLISH DetailsWarning "The records of changes are needed to undo them: once deleted, this program can't take back what it changed in AWS."
!insertmacro Say GERMAN DetailsWarning "Die Aufzeichnungen werden gebraucht, um Änderungen zurückzunehmen: Sind sie gelöscht, kann dieses Programm nicht mehr zurücknehmen, was es in AWS geändert hat."
!insertmacro Say FRENCH DetailsWarning "Les journaux des modifications servent à les annuler : une fois supprimés, ce programme ne peut plus revenir sur ce qu’il a modifié dans AWS."
!insertmacro SayInSpanish DetailsWarning "Los registros de cambios son necesarios para deshacerlos: una vez eliminados, este programa no puede revertir lo que cambió en AWS."
!insertmacro Say JAPANESE DetailsWarning "変更の記録は、変更を元に戻すために必要です。削除すると、このプログラムは AWS で行った変更を元に戻せなくなります。"
!insertmacro Say ARABIC DetailsWarning "سجلات التغييرات ضرورية للتراجع عنها: بعد حذفها لا يستطيع هذا البرنامج التراجع عمّا غيّره في AWS."
