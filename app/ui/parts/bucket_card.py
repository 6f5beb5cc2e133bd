"""One bucket of the form: name, region, prefix, folder limit and encryption."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.core.i18n import mark, ntr, tr
from app.core.wording.value_sentence import ValueSentence
from app.flow.ports.aws import OfferedBucket
from app.flow.wizard.details_state import Source
from app.flow.wizard.state import SetupState
from app.ui.look.style_sheet import GRID
from app.ui.parts.encryption_fields import EncryptionFields
from app.ui.parts.field_binding import bind, show_field
from app.ui.parts.page_context import PageContext
from app.ui.parts.region_inquiry import RegionInquiry
from app.ui.widgets.announcement import announce
from app.ui.widgets.buttons import link_button, plain_button
from app.ui.widgets.check_box import CheckBox
from app.ui.widgets.choice_field import ChoiceField
from app.ui.widgets.field import Field
from app.ui.widgets.frames import stacked
from app.ui.widgets.headings import group_title
from app.ui.widgets.name_within import name_within

_REGION_HELP: Final = mark("In AWS: S3 > Buckets, the column “AWS Region”.")


class BucketCard(QFrame):
    """The fields of the bucket at ``index`` of the form."""

    def __init__(self, index: int, context: PageContext) -> None:
        super().__init__()
        self._index = index
        self._context = context
        self._suffix = "" if index == 0 else f"-{index + 1}"
        self._regions: tuple[tuple[str, str], ...] = ()
        self._offered: tuple[OfferedBucket, ...] = ()
        self._region_from_aws = ""
        self.setObjectName(f"bucket{self._suffix}")
        self.setProperty("role", "card")
        self._heading = group_title(tr("The bucket"))
        self._remove = link_button(tr("Remove"), f"removeBucket{self._suffix}")
        self._remove.setAccessibleName(tr("Remove bucket {number}").format(number=index + 1))
        self._remove.clicked.connect(lambda: context.store.remove_bucket(index))
        self._make_fields()
        self.encryption = EncryptionFields(index, context)
        self._lay_out()

    def _make_fields(self) -> None:
        masking, suffix = self._context.masking, self._suffix
        self.name = ChoiceField(
            tr("Bucket name"),
            "",
            f"bucketName{suffix}",
            masking,
        )
        self.region = ChoiceField(
            tr("Region"),
            tr(_REGION_HELP),
            f"bucketRegion{suffix}",
            masking,
            secret=False,
        )
        self._inquiry = RegionInquiry(self._index, self._context)
        self._inquiry.answered.connect(self._go_on)
        self.region.add_beside(self._inquiry.ask)
        self.prefix = Field(
            tr("Prefix (optional)"),
            tr("A folder, such as imports/. Leave it empty for the whole bucket."),
            f"bucketPrefix{suffix}",
            masking,
        )
        self._browse = plain_button(tr("Choose a folder…"), f"chooseFolder{suffix}")
        self._browse.clicked.connect(self._choose_folder)
        self.prefix.add_beside(self._browse)
        bind(self.name, self._context.store, self._field("name"))
        bind(self.region, self._context.store, self._field("region"), self._inquiry.ask)
        bind(self.prefix, self._context.store, self._field("prefix"))
        self.name.edited.connect(self._choose_or_type)
        self.name.left.connect(self._learn)
        self.restrict = CheckBox(
            tr("Only this folder: UbiQuity may not use the rest of the bucket"),
            f"restrictToPrefix{suffix}",
        )
        self.restrict.toggled.connect(self._restrict)

    def _go_on(self, is_there: bool) -> None:
        """Lead whoever asked AWS to what it said of: the region, or the name that it lacks."""
        (self.region if is_there else self.name).control.setFocus()

    def _field(self, key: str) -> str:
        return f"buckets[{self._index}].{key}"

    def _restrict(self, on: bool) -> None:
        self._context.store.restrict_to_prefix(self._index, on=on)
        if on:
            self._context.store.leave(self._field("prefix"))

    def _choose_or_type(self, _text: str) -> None:
        """Ask what AWS says of a bucket of the list as soon as it is chosen."""
        name = self._name_value()
        if any(bucket.name == name for bucket in self._offered):
            self._learn()

    def _learn(self) -> None:
        """Ask what AWS says of the bucket that is named, where somebody is signed in."""
        name, state = self._name_value(), self._context.store.state
        if name and state.signed_in is not None:
            self._context.start(f"bucket-{name}", self._context.actions.offers.learn(name))

    def _name_value(self) -> str:
        return self._context.store.state.details.value_of(self._field("name"))

    def _choose_folder(self) -> None:
        """Open the dialog; once something is chosen the focus is where it stands."""
        from app.ui.parts.folder_dialog import FolderDialog

        dialog = FolderDialog(self.window(), self._context, self._index)
        dialog.accepted.connect(self.prefix.control.setFocus)
        dialog.open()

    def _show_browse(self, state: SetupState) -> None:
        """Offer the folders of a bucket that is named; not while the screen is shared."""
        offered = state.signed_in is not None and bool(self._name_value())
        self._browse.setVisible(offered and not self._context.masking.on)

    def show_state(self, state: SetupState, again: Mapping[str, str], *, alone: bool) -> None:
        """Redraw the card; ``alone`` says that it is the only one.

        ``again`` says, by fields, what is to be done again because they have changed.
        """
        numbered = tr("Bucket {number}").format(number=self._index + 1)
        self._heading.setText(tr("The bucket") if alone else numbered)
        self._remove.setVisible(not alone)
        of_this = tr("{{control}}, bucket {number}").format(number=self._index + 1)
        for part in (
            self.name,
            self.region,
            self._inquiry,
            self.prefix,
            self.restrict,
            self.encryption,
        ):
            name_within(part, "" if alone else of_this)
        self._show_regions()
        if state.offers.buckets != self._offered:
            self._offered = state.offers.buckets
            self._show_buckets()
        self._show_source(state)  # which is said with what is wrong
        for field, key in (
            (self.name, "name"),
            (self.region, "region"),
            (self.prefix, "prefix"),
        ):
            name = self._field(key)
            show_field(field, state, name, again.get(name, ""))
        self._inquiry.show_state(state)
        self._show_listing(state)
        self._show_browse(state)
        bucket = state.details.form.buckets[self._index]
        self.restrict.setVisible(bool(bucket.prefix) or bucket.restrict_to_prefix)
        self.restrict.blockSignals(True)
        self.restrict.setChecked(bucket.restrict_to_prefix)
        self.restrict.blockSignals(False)
        self.encryption.show_state(state, again)

    def _show_source(self, state: SetupState) -> None:
        """Say where the region is to be found, or that AWS told it; aloud when that comes."""
        name = self._field("region")
        from_aws = state.details.sources.get(name) is Source.AWS
        region = state.details.form.text_of(name) if from_aws else ""
        is_awaited = state.signed_in is not None and not self._name_value()
        words = tr("From AWS.") if region else "" if is_awaited else tr(_REGION_HELP)
        self.region.set_helper(words)
        if region != self._region_from_aws:
            self._region_from_aws = region
            if region and self.isVisible():
                announce(self, tr("Region {region}, from AWS.").format(region=region))

    def _show_listing(self, state: SetupState) -> None:
        """Say whether the bucket can be chosen from a list."""
        offers = state.offers
        words = tr("In AWS: S3 > Buckets. You can paste an address such as s3://… too.")
        if offers.refused is not None:
            words = tr("Your sign-in may not list the buckets of the account, so type the name.")
        elif offers.read:
            count = len(offers.buckets)
            words = ntr(
                "Choose the account’s one bucket, or type a name.",
                "Choose one of the account’s {count} buckets, or type a name.",
                count,
            ).format(count=count)
        self.name.set_helper(words)

    def _show_buckets(self) -> None:
        """Offer the account's buckets, each with its region."""
        self.name.set_choices(
            [
                (
                    bucket.name,
                    ValueSentence(
                        f"{{bucket}} · {bucket.region}" if bucket.region else "{bucket}",
                        {"bucket": bucket.name},
                    ),
                )
                for bucket in self._offered
            ]
        )

    def _show_regions(self) -> None:
        region_names = self._context.store.known_regions
        choices = tuple((code, f"{code} · {name}") for code, name in region_names.items())
        if choices != self._regions:
            self._regions = choices
            self.region.set_choices(choices)

    def control_of(self, name: str) -> QWidget | None:
        """Return the control of a field by the draft's name for it, if it is in this card."""
        controls: dict[str, QWidget] = {
            self._field("name"): self.name.control,
            self._field("region"): self.region.control,
            self._field("prefix"): self.prefix.control,
            self._field("kms_key_arn"): self.encryption.key.control,
            self._field("encryption"): self.encryption.control,
        }
        return controls.get(name)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._remove)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        column.setSpacing(2 * GRID)
        column.addLayout(top)
        of_region = stacked(self.region, self._inquiry)
        for widget in (self.name, of_region, self.prefix, self.restrict, self.encryption):
            column.addWidget(widget)
